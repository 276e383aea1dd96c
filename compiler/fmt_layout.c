#include "fmt_layout.h"

#include "display.h"
#include "fmt.h"

#include <string.h>

static Command *command_at(const Layout *layout, uint32_t index) {
    return &g_array_index(layout->commands, Command, index);
}

static uint32_t number_at(const GArray *numbers, uint32_t index) {
    return g_array_index(numbers, uint32_t, index);
}

// Columns

uint32_t layout_columns(const Layout *layout, const char *text, size_t length) {
    if (layout->ascii) {
        return (uint32_t)length;
    }
    uint32_t columns = 0;
    for (size_t at = 0; at < length;) {
        Glyph glyph = glyph_at(text + at, length - at);
        columns += glyph.width;
        at += glyph.bytes;
    }
    return columns;
}

static uint32_t flat_columns(const Layout *layout, const Command *command) {
    const Token *tokens = layout->source->tokens;
    switch ((CommandKind)command->kind) {
    case CMD_TOKEN:
    case CMD_COMMENT: {
        const Token *token = &tokens[command->arg];
        return layout_columns(layout, layout->text + token->start, token->end - token->start);
    }
    case CMD_TRAIL: {
        const Token *token = &tokens[command->arg];
        return comment_ends_line(layout, token)
                   ? 0
                   : 1 + layout_columns(layout, layout->text + token->start,
                                        token->end - token->start);
    }
    case CMD_TEXT:
        return g_array_index(layout->texts, LayoutText, command->arg).width;
    case CMD_VERBATIM: {
        const uint32_t start = tokens[command->arg].start;
        return layout_columns(layout, layout->text + start, tokens[command->arg2].end - start);
    }
    case CMD_SPACE:
    case CMD_COMMA:
    case CMD_LINE:
    case CMD_FLUID:
        return 1;
    case CMD_COMMAS:
    case CMD_FILL:
        return 2;
    default:
        return 0;
    }
}

/// Whether what stays byte for byte is on one line, and may have something behind it.
static bool is_one_line(const Layout *layout, const Command *command) {
    const Token *last = &layout->source->tokens[command->arg2];
    const char *text = layout->text + layout->source->tokens[command->arg].start;
    const char *end = layout->text + last->end;
    return (last->flags & TOKEN_BROKEN) == 0 && memchr(text, '\n', (size_t)(end - text)) == NULL &&
           memchr(text, '\r', (size_t)(end - text)) == NULL;
}

static bool forces(const Layout *layout, const Command *command) {
    switch ((CommandKind)command->kind) {
    case CMD_LINE:
    case CMD_SOFT:
    case CMD_COMMAS:
    case CMD_FILL:
        return (command->flags & (FLAG_BLANK | FLAG_FORCED)) != 0;
    case CMD_VERBATIM:
        return !is_one_line(layout, command);
    case CMD_HARD:
    case CMD_LINES:
        return true;
    case CMD_COMMENT:
    case CMD_TRAIL: {
        const Token *token = &layout->source->tokens[command->arg];
        return comment_ends_line(layout, token) || comment_has_lines(layout, token);
    }
    case CMD_GROUP:
        return (command->flags & FLAG_FORCED) != 0;
    default:
        return false;
    }
}

static bool is_place(const Command *command) {
    return command->kind >= CMD_LINE && command->kind <= CMD_HARD;
}

/// Breaks all groups around a command that forces them to.
static void force_opened(const Layout *layout) {
    for (guint i = layout->opened->len; i-- > 0;) {
        Command *group = command_at(layout, number_at(layout->opened, i));
        if ((group->flags & FLAG_FORCED) != 0) {
            return;
        }
        group->flags |= FLAG_FORCED;
    }
}

static void measure(Layout *layout) {
    const uint32_t count = layout->commands->len;
    g_array_set_size(layout->widths, count + 1);
    g_array_set_size(layout->stops, count + 1);
    g_array_set_size(layout->forced, count + 1);
    g_array_set_size(layout->opened, 0);
    uint32_t *widths = (uint32_t *)(void *)layout->widths->data;
    uint32_t *stops = (uint32_t *)(void *)layout->stops->data;
    uint32_t *forced = (uint32_t *)(void *)layout->forced->data;
    uint32_t width = 0;
    uint32_t breaks = 0;
    for (uint32_t i = 0; i < count; i++) {
        Command *command = command_at(layout, i);
        widths[i] = width;
        forced[i] = breaks;
        width += flat_columns(layout, command);
        if (forces(layout, command)) {
            breaks++;
            force_opened(layout);
        }
        if (command->kind == CMD_GROUP) {
            g_array_append_val(layout->opened, i);
        } else if (command->kind == CMD_END) {
            g_array_set_size(layout->opened, layout->opened->len - 1);
        }
    }
    widths[count] = width;
    forced[count] = breaks;
    stops[count] = width;
    for (uint32_t i = count; i-- > 0;) {
        stops[i] = is_place(command_at(layout, i)) ? widths[i] : stops[i + 1];
    }
}

// Printing

static LayoutFrame *frame(const Layout *layout) {
    return &g_array_index(layout->frames, LayoutFrame, layout->frames->len - 1);
}

static void write_text(Layout *layout, const char *text, size_t length) {
    g_string_append_len(layout->out, text, (gssize)length);
    layout->solid = layout->out->len;
}

static void end_line(Layout *layout, bool blank, uint32_t indent) {
    GString *out = layout->out;
    while (out->len > layout->solid && out->str[out->len - 1] == ' ') {
        g_string_truncate(out, out->len - 1);
    }
    if (out->len > layout->begin) {
        g_string_append_len(out, layout->line_end, (gssize)layout->line_end_length);
        if (blank || layout->apart) {
            g_string_append_len(out, layout->line_end, (gssize)layout->line_end_length);
        }
    }
    layout->pending = false;
    layout->apart = false;
    layout->solid = out->len;
    static const char spaces[] = "                                                                ";
    for (uint32_t left = indent; left > 0;) {
        uint32_t some = left < sizeof spaces - 1 ? left : (uint32_t)sizeof spaces - 1;
        g_string_append_len(out, spaces, some);
        left -= some;
    }
    layout->column = indent;
}

/// Before anything but a line end: a `//` comment ends its line.
static void before_text(Layout *layout) {
    if (layout->pending) {
        end_line(layout, false, frame(layout)->indent + layout->step);
    }
}

void layout_append_lines(Layout *layout, const char *text, size_t length) {
    const char *end = text + length;
    while (text < end) {
        const char *stop = text;
        while (stop < end && *stop != '\n' && *stop != '\r') {
            stop++;
        }
        write_text(layout, text, (size_t)(stop - text));
        if (stop == end) {
            layout->column += layout_columns(layout, text, (size_t)(stop - text));
            return;
        }
        write_text(layout, layout->line_end, layout->line_end_length);
        layout->column = 0;
        text = stop + (*stop == '\r' && stop + 1 < end && stop[1] == '\n' ? 2 : 1);
    }
}

static void print_verbatim(Layout *layout, const Command *command) {
    const Token *tokens = layout->source->tokens;
    const char *text = layout->text + tokens[command->arg].start;
    const char *end = layout->text + tokens[command->arg2].end;
    write_text(layout, text, (size_t)(end - text));
    for (const char *at = end; at > text; at--) {
        if (at[-1] == '\n' || at[-1] == '\r') {
            layout->column = layout_columns(layout, at, (size_t)(end - at));
            return;
        }
    }
    layout->column += layout_columns(layout, text, (size_t)(end - text));
}

static bool fits(const Layout *layout, uint32_t index, uint32_t end) {
    const uint32_t width = number_at(layout->stops, end) - number_at(layout->widths, index);
    return layout->column + width <= FMT_COLUMNS;
}

static FrameMode group_mode(const Layout *layout, uint32_t index) {
    const Command *group = command_at(layout, index);
    const FrameMode outer = frame(layout)->mode;
    if (outer == MODE_FLAT || (group->flags & FLAG_FRAME) != 0) {
        return outer == MODE_HUG ? MODE_BROKEN : outer;
    }
    const bool forced = (group->flags & FLAG_FORCED) != 0;
    if (!forced && !layout->pending && fits(layout, index, index + group->arg)) {
        return MODE_FLAT;
    }
    if ((group->flags & FLAG_HUG) != 0) {
        const uint32_t last = index + group->arg2;
        // What stands before the argument, which begins with a group, is on one line.
        const bool clear =
            number_at(layout->forced, last - 1) == number_at(layout->forced, index + 1);
        if (clear && fits(layout, index, last)) {
            return MODE_HUG;
        }
    }
    return MODE_BROKEN;
}

static void print_group(Layout *layout, uint32_t index) {
    const LayoutFrame inner = {(uint8_t)group_mode(layout, index), frame(layout)->indent};
    g_array_append_val(layout->frames, inner);
}

static void print_line(Layout *layout, uint32_t index) {
    const Command *command = command_at(layout, index);
    LayoutFrame *around = frame(layout);
    bool ends = around->mode == MODE_BROKEN || layout->pending;
    uint32_t indent = around->indent;
    if (command->kind == CMD_HARD) {
        ends = true;
        indent += (command->flags & FLAG_CONTINUE) != 0 ? layout->step : 0;
    } else if ((command->kind == CMD_FILL || command->kind == CMD_FLUID) && !layout->pending) {
        const uint32_t width =
            number_at(layout->stops, index + 1) - number_at(layout->widths, index);
        ends = ends && ((command->flags & (FLAG_BLANK | FLAG_FORCED)) != 0 ||
                        layout->column + width > FMT_COLUMNS);
    }
    if (ends) {
        if (command->kind == CMD_FLUID ||
            (command->kind == CMD_LINE && (command->flags & FLAG_CONTINUE) != 0)) {
            around->indent += layout->step;
            indent = around->indent;
        }
        end_line(layout, (command->flags & FLAG_BLANK) != 0, indent);
        return;
    }
    if (command->kind == CMD_COMMAS || command->kind == CMD_FILL) {
        g_string_append_c(layout->out, ',');
        layout->column++;
    }
    if (command->kind != CMD_SOFT) {
        g_string_append_c(layout->out, ' ');
        layout->column++;
    }
}

static void print_words(Layout *layout, const Command *command, uint32_t index) {
    const Token *token = &layout->source->tokens[command->arg];
    before_text(layout);
    switch ((CommandKind)command->kind) {
    case CMD_TOKEN:
        write_text(layout, layout->text + token->start, token->end - token->start);
        layout->column += number_at(layout->widths, index + 1) - number_at(layout->widths, index);
        break;
    case CMD_TEXT: {
        const LayoutText *text = &g_array_index(layout->texts, LayoutText, command->arg);
        write_text(layout, text->text, text->length);
        layout->column += text->width;
        break;
    }
    case CMD_COMMA:
        write_text(layout, ",", 1);
        layout->column++;
        break;
    default:
        if (frame(layout)->mode == MODE_BROKEN) {
            g_string_append(layout->out, "| ");
            layout->column += 2;
        }
    }
}

/// Whether an empty line stands between a doc comment and something that it would document else.
static bool is_kept_apart(const Token *doc) {
    const TokenKind kind = (TokenKind)doc[1].kind;
    return (doc[1].flags & TOKEN_BLANK_BEFORE) != 0 && kind != TOK_END && kind != TOK_RBRACE &&
           kind != TOK_RBRACKET && kind != TOK_RPAREN;
}

static void print_comment(Layout *layout, const Command *command) {
    const Token *token = &layout->source->tokens[command->arg];
    before_text(layout);
    if (command->kind == CMD_TRAIL && layout->out->len > layout->begin &&
        layout->out->str[layout->out->len - 1] != ' ') {
        g_string_append_c(layout->out, ' ');
        layout->column++;
    }
    layout_comment(layout, token, frame(layout)->indent);
    layout->solid = layout->out->len;
    layout->pending = comment_ends_line(layout, token);
    layout->apart = token->kind == TOK_DOC && is_kept_apart(token);
}

static void print_command(Layout *layout, uint32_t index) {
    const Command *command = command_at(layout, index);
    LayoutFrame *around = frame(layout);
    switch ((CommandKind)command->kind) {
    case CMD_NOTHING:
        break;
    case CMD_TOKEN:
    case CMD_TEXT:
    case CMD_COMMA:
    case CMD_BAR:
        print_words(layout, command, index);
        break;
    case CMD_COMMENT:
    case CMD_TRAIL:
        print_comment(layout, command);
        break;
    case CMD_VERBATIM:
        before_text(layout);
        print_verbatim(layout, command);
        break;
    case CMD_LINES:
        before_text(layout);
        layout_lines(layout, &layout->source->tokens[command->arg],
                     &layout->source->tokens[command->arg2], around->indent + layout->step);
        break;
    case CMD_SPACE:
        if (!layout->pending) {
            g_string_append_c(layout->out, ' ');
            layout->column++;
        }
        break;
    case CMD_LINE:
    case CMD_SOFT:
    case CMD_COMMAS:
    case CMD_FILL:
    case CMD_FLUID:
    case CMD_HARD:
        print_line(layout, index);
        break;
    case CMD_GROUP:
        print_group(layout, index);
        break;
    case CMD_END:
        g_array_set_size(layout->frames, layout->frames->len - 1);
        break;
    case CMD_INDENT:
        around->indent += around->mode == MODE_BROKEN ? layout->step : 0;
        break;
    case CMD_DEDENT:
        around->indent -= around->mode == MODE_BROKEN ? layout->step : 0;
        break;
    case CMD_STEP:
        around->indent += layout->step;
        break;
    case CMD_ALIGN:
        around->indent += around->mode == MODE_BROKEN ? 2 : 0;
        break;
    }
}

void layout_print(Layout *layout) {
    measure(layout);
    const uint32_t count = layout->commands->len;
    for (uint32_t i = 0; i < count; i++) {
        print_command(layout, i);
    }
    g_array_set_size(layout->commands, 0);
    g_array_set_size(layout->texts, 0);
}
