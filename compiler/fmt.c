#include "fmt.h"

#include "fmt_walk.h"
#include "parser.h"

#include <string.h>

// Where the errors are

typedef struct ErrorSearch {
    const Source *source;
    GArray *errors;
} ErrorSearch;

static void add_error(GArray *errors, uint32_t offset) {
    g_array_append_val(errors, offset);
}

static void visit_node(Node *node, void *data) {
    ErrorSearch *search = data;
    if (node->kind == NODE_ERROR || (node->flags & NODE_BAD) != 0) {
        add_error(search->errors, node->start);
    }
    node_each_child(node, visit_node, data);
}

static int compare_offsets(const void *left, const void *right) {
    const uint32_t a = *(const uint32_t *)left;
    const uint32_t b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

/// Fills `walk->errors`. A file without a diagnostic has none.
static void find_errors(Walk *walk) {
    GArray *errors = walk->errors;
    const Source *source = walk->source;
    const Diagnostic *diagnostic = diagnostics_sorted(walk->compilation->diagnostics);
    for (; diagnostic != NULL; diagnostic = diagnostic->next) {
        if (diagnostic->span.file == source->id && diagnostic->severity == SEVERITY_ERROR) {
            add_error(errors, diagnostic->span.start);
        }
    }
    if (errors->len == 0) {
        return;
    }
    ErrorSearch search = {source, errors};
    visit_node(source->tree, &search);
    for (uint32_t i = 0; i < source->token_count; i++) {
        if ((source->tokens[i].flags & TOKEN_BROKEN) != 0) {
            add_error(errors, source->tokens[i].start);
        }
    }
    g_array_sort(errors, compare_offsets);
}

// The whole file

static bool is_ascii(const char *text, size_t length) {
    size_t index = 0;
    for (; index + 8 <= length; index += 8) {
        uint64_t word;
        memcpy(&word, text + index, sizeof word);
        if ((word & 0x8080808080808080U) != 0) {
            return false;
        }
    }
    for (; index < length; index++) {
        if ((text[index] & 0x80) != 0) {
            return false;
        }
    }
    return true;
}

/// Whether most lines end with CR LF.
static bool ends_with_cr(const char *text, size_t length) {
    size_t with = 0;
    size_t without = 0;
    const char *end = text + length;
    for (const char *at = text; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++) {
        const bool cr = at > text && at[-1] == '\r';
        with += cr;
        without += !cr;
    }
    return with > without;
}

static void layout_begin(Layout *layout, const Source *source, unsigned indent, GString *out) {
    layout->source = source;
    layout->text = source->text;
    layout->ascii = is_ascii(source->text, source->length);
    const bool cr = ends_with_cr(source->text, source->length);
    layout->line_end = cr ? "\r\n" : "\n";
    layout->line_end_length = cr ? 2 : 1;
    layout->step = indent;
    layout->commands = g_array_new(FALSE, FALSE, sizeof(Command));
    layout->widths = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    layout->stops = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    layout->forced = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    layout->opened = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    layout->texts = g_array_new(FALSE, FALSE, sizeof(LayoutText));
    layout->frames = g_array_new(FALSE, FALSE, sizeof(LayoutFrame));
    const LayoutFrame frame = {MODE_BROKEN, 0};
    g_array_append_val(layout->frames, frame);
    layout->out = out;
    if (source->bom) {
        g_string_append_len(out, source->text, 3);
    }
    layout->begin = layout->solid = out->len;
}

static void layout_clear(Layout *layout) {
    g_array_free(layout->commands, TRUE);
    g_array_free(layout->widths, TRUE);
    g_array_free(layout->stops, TRUE);
    g_array_free(layout->forced, TRUE);
    g_array_free(layout->opened, TRUE);
    g_array_free(layout->texts, TRUE);
    g_array_free(layout->frames, TRUE);
}

/// Whether a string or comment is not closed, so that a line end would become part of it.
static bool is_open_at_end(const Source *source) {
    const Token *last = &source->tokens[source->token_count - 2];
    return (last->flags & TOKEN_BROKEN) != 0 && last->end == source->length;
}

/// The comments behind the last member, and the last line end.
static void finish(Walk *walk) {
    Layout *layout = &walk->layout;
    walk_gap(walk, GAP_HARD, KEEP_BEFORE | KEEP_INSIDE);
    if (walk->cursor < walk->next) {
        walk_finish(walk);
        layout_print(layout);
    }
    if (layout->out->len > layout->begin && !is_open_at_end(walk->source)) {
        g_string_append_len(layout->out, layout->line_end, layout->line_end_length);
    }
}

/// Those that the parser made, up to the one behind the file.
static void count_repairs(Walk *walk) {
    const Repair *repair = walk->source->repairs;
    const Token *end = walk->tokens + walk->source->token_count;
    while (repair != NULL && repair->at < end) {
        repair++;
        walk->repair_count++;
    }
}

/// One walk over the source. False if it came to something that it does not know.
static bool walk_source(Walk *walk, unsigned indent, GString *out) {
    const size_t begin = out->len;
    const Compilation *compilation = walk->compilation;
    const Source *source = walk->source;
    walk->tokens = source->tokens;
    walk->environment = names_of(compilation->names, "environment")->id;
    walk->errors = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    walk->bad_at = UINT32_MAX;
    layout_begin(&walk->layout, source, indent, out);
    find_errors(walk);
    walk->errors_stand = walk->errors->len > 0;
    count_repairs(walk);
    walk_start(walk);
    walk_statements(walk, BLOCK_MEMBERS, TOK_END);
    if (!walk->bad) {
        layout_print(&walk->layout);
        finish(walk);
    } else {
        g_string_truncate(out, begin);
    }
    layout_clear(&walk->layout);
    g_array_free(walk->errors, TRUE);
    return !walk->bad;
}

static void append_unchanged(const Source *source, GString *out) {
    g_string_append_len(out, source->text, source->length);
}

FmtResult fmt_once(const Compilation *compilation, const Source *source, unsigned indent,
                   FmtStay stay, GString *out) {
    FmtResult result = {.ok = true};
    if (stay == STAY_ALL) {
        append_unchanged(source, out);
        return result;
    }
    // A text without errors has no members to come back to; if it needs them, it is read again.
    for (unsigned careful = 0; careful < 2; careful++) {
        Walk walk = {.arena = compilation->arena,
                     .compilation = compilation,
                     .source = source,
                     .stay = (uint8_t)stay,
                     .careful = careful > 0};
        if (walk_source(&walk, indent, out)) {
            result.doubtful = walk.odd || walk.careful || walk.errors_stand;
            return result;
        }
    }
    append_unchanged(source, out);
    result.ok = false;
    return result;
}

bool fmt_source(const Compilation *compilation, const Source *source, unsigned indent,
                GString *out) {
    if (source->repairs == NULL) { // something else than a program: it was not parsed
        g_string_append_len(out, source->text, source->length);
        return true;
    }
    const size_t begin = out->len;
    const FmtResult result = fmt_once(compilation, source, indent, STAY_MEMBER, out);
    if (result.ok && result.doubtful) {
        fmt_settle(compilation, source, indent, begin, out);
    }
    return result.ok;
}
