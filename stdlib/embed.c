/// depot-embed OUTPUT FILE…: writes the library files (`*.depot`), the explanation pages (`*.md`)
/// the program behind `depotc stdlib sync` (`*.mjs`), the git hook (`*.sh`), the
/// table of replacements (`*.txt`) and files of the templates of `depotc new` (PATH=FILE) as the C
/// tables of compiler/embedded.h. Runs while depotc is built.
#include "chapters.h"
#include "compilation.h"
#include "embedded.h"
#include "parse.h"
#include "render.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

// The front end is linked without a library here: these are the empty tables it sees.
const EmbeddedFile embedded_files[1] = {{NULL, NULL, 0}};
const size_t embedded_file_count = 0;
const EmbeddedName embedded_names[1] = {{NULL, 0}};
const size_t embedded_name_count = 0;
const EmbeddedChapters embedded_chapters[1] = {{NULL, NULL, 0, NULL, 0}};
const size_t embedded_chapters_count = 0;
const EmbeddedPage embedded_pages[1] = {{NULL, NULL}};
const size_t embedded_page_count = 0;
const EmbeddedScript embedded_scripts[1] = {{NULL, NULL, 0}};
const size_t embedded_script_count = 0;
const EmbeddedTemplate embedded_templates[1] = {{NULL, NULL, 0}};
const size_t embedded_template_count = 0;
const char embedded_replacements[1] = "";
const char embedded_hook[1] = "";

typedef struct Embedding {
    Compilation *compilation;
    GString *files;
    GPtrArray *names;  ///< rows of embedded_names, as C text, sorted at the end
    GString *chapters; ///< rows of embedded_chapters
    GString *offsets;  ///< the tables that they point to
    GString *pages;
    GString *scripts;
    GString *templates;
    GString *replacements;
    GString *hook;
    size_t chapters_count;
    size_t file_count;
    size_t page_count;
    size_t script_count;
    size_t template_count;
} Embedding;

/// Appends `text` as a C string literal, a source line per line.
static void append_literal(GString *out, const char *text, size_t length) {
    g_string_append_c(out, '"');
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)text[i];
        if (byte == '\n') {
            g_string_append(out, i + 1 < length ? "\\n\"\n    \"" : "\\n");
        } else if (byte == '"' || byte == '\\' || byte == '?') { // "?": no trigraphs
            g_string_append_c(out, '\\');
            g_string_append_c(out, (char)byte);
        } else if (byte >= ' ' && byte < 0x7f) {
            g_string_append_c(out, (char)byte);
        } else {
            g_string_append_printf(out, "\\%03o", byte);
        }
    }
    g_string_append_c(out, '"');
}

/// Appends a row of a name and a text with its length.
static void append_row(GString *rows, const char *name, const char *text, size_t length) {
    g_string_append_printf(rows, "{\"%s\",\n    ", name);
    append_literal(rows, text, length);
    g_string_append_printf(rows, ",\n    %zu},\n", length);
}

/// Notes the name under which a declaration is looked up.
static void index_declaration(Embedding *embedding, const Node *declaration) {
    const char *prefix = NULL;
    switch (declaration->kind) {
    case NODE_CONSTRUCT:
        prefix = (declaration->flags & NODE_EXISTING) != 0 ? "existing" : "construct";
        break;
    case NODE_TYPE:
        prefix = "type";
        break;
    case NODE_LET:
        prefix = "let";
        break;
    default:
        return;
    }
    g_ptr_array_add(
        embedding->names,
        g_strdup_printf("%s %s\", %zu", prefix, declaration->name->text, embedding->file_count));
}

/// Notes the ids of the rules in a construct.
static void index_rules(Embedding *embedding, const Node *construct) {
    const Node *body = construct->kind == NODE_CONSTRUCT ? construct->b : NULL;
    for (const Node *node = body != NULL ? body->a : NULL; node != NULL; node = node->next) {
        if (node->kind == NODE_RULE && node->a != NULL && node->a->a != NULL) {
            g_ptr_array_add(embedding->names,
                            g_strdup_printf("rule %.*s\", %zu", (int)node->a->a->length,
                                            node->a->a->text, embedding->file_count));
        }
    }
}

static void embed_library_file(Embedding *embedding, const char *path, const char *text,
                               size_t length) {
    const Source *source = compilation_add_library(embedding->compilation, path, text, length);
    if (source != NULL && source->tree != NULL) {
        for (const Node *node = source->tree->a; node != NULL; node = node->next) {
            index_declaration(embedding, node);
            index_rules(embedding, node);
        }
    }
    append_row(embedding->files, path, text, length);
    embedding->file_count++;
}

/// Where the name of the next chapter begins, from `from` on; NULL: there is none.
static const char *next_chapter(const char *text, const char *from) {
    const char *mark = from;
    while ((mark = strstr(mark, CHAPTER_MARK)) != NULL) {
        mark += strlen(CHAPTER_MARK);
        if (mark - strlen(CHAPTER_MARK) == text ||
            mark[-(ptrdiff_t)strlen(CHAPTER_MARK) - 1] == '\n') {
            return mark;
        }
    }
    return NULL;
}

/// Chapters are found by halving: their names must ascend.
static bool ascends(const Chapter *before, const Chapter *chapter) {
    g_autofree char *left = g_strndup(before->name, before->name_length);
    g_autofree char *right = g_strndup(chapter->name, chapter->name_length);
    if (before->name_length == 0 || strcmp(left, right) < 0) {
        return true;
    }
    fprintf(stderr, "depot-embed: %s: chapter `%s` does not stand in the order of names\n",
            chapter->path, right);
    return false;
}

/// Reads and indexes a file of chapters.
static bool embed_chapters(Embedding *embedding, const char *path, const char *text,
                           size_t length) {
    bool ok = true;
    size_t count = 0;
    Chapter before = {.path = path};
    g_string_append_printf(embedding->offsets, "static const uint32_t offsets_%zu[] = {",
                           embedding->chapters_count);
    for (const char *at = next_chapter(text, text); at != NULL; count++) {
        const char *next = next_chapter(text, at);
        size_t end = next != NULL ? (size_t)(next - text) - strlen(CHAPTER_MARK) : length;
        Chapter chapter = chapter_at(path, text, (size_t)(at - text), end);
        ok = ascends(&before, &chapter) && ok;
        g_autofree char *place =
            g_strdup_printf("%s/%.*s", path, (int)chapter.name_length, chapter.name);
        compilation_add_library(embedding->compilation, place, chapter.text, chapter.length);
        g_string_append_printf(embedding->offsets, "%s%td", count > 0 ? ", " : "", at - text);
        before = chapter;
        at = next;
    }
    g_string_append(embedding->offsets, "};\n\n");
    g_string_append_printf(embedding->chapters, "{\"%s\",\n    ", path);
    append_literal(embedding->chapters, text, length);
    g_string_append_printf(embedding->chapters, ",\n    %zu, offsets_%zu, %zu},\n", length,
                           embedding->chapters_count, count);
    embedding->chapters_count++;
    return ok;
}

static void embed_page(Embedding *embedding, const char *path, const char *text, size_t length) {
    g_autofree char *code = g_path_get_basename(path);
    code[strlen(code) - strlen(".md")] = '\0';
    g_string_append_printf(embedding->pages, "{\"%s\",\n    ", code);
    append_literal(embedding->pages, text, length);
    g_string_append(embedding->pages, "},\n");
    embedding->page_count++;
}

/// `argument`: a path, or PATH=FILE of a template.
static bool embed_file(Embedding *embedding, const char *argument) {
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    size_t length = 0;
    const char *equals = strchr(argument, '=');
    const char *path = equals != NULL ? equals + 1 : argument;
    if (!g_file_get_contents(path, &text, &length, &error)) {
        fprintf(stderr, "depot-embed: %s\n", error->message);
        return false;
    }
    if (equals != NULL) {
        g_autofree char *name = g_strndup(argument, (gsize)(equals - argument));
        append_row(embedding->templates, name, text, length);
        embedding->template_count++;
    } else if (g_str_has_suffix(path, ".md")) {
        embed_page(embedding, path, text, length);
    } else if (g_str_has_suffix(path, ".mjs")) {
        g_autofree char *name = g_path_get_basename(path);
        append_row(embedding->scripts, name, text, length);
        embedding->script_count++;
    } else if (g_str_has_suffix(path, ".txt")) {
        append_literal(embedding->replacements, text, length);
    } else if (g_str_has_suffix(path, ".sh")) {
        append_literal(embedding->hook, text, length);
    } else if (next_chapter(text, text) != NULL) {
        return embed_chapters(embedding, path, text, length);
    } else {
        embed_library_file(embedding, path, text, length);
    }
    return true;
}

static int compare_text(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void append_table(GString *out, const char *type, const char *name, const char *count_name,
                         const char *rows, size_t count, const char *empty) {
    g_string_append_printf(out, "const %s %s[] = {\n%s};\nconst size_t %s = %zu;\n\n", type, name,
                           count > 0 ? rows : empty, count_name, count);
}

static bool write_tables(Embedding *embedding, const char *output) {
    g_autoptr(GString) names = g_string_new(NULL);
    g_ptr_array_sort(embedding->names, compare_text);
    for (guint i = 0; i < embedding->names->len; i++) {
        g_string_append_printf(names, "    {\"%s},\n", (const char *)embedding->names->pdata[i]);
    }
    g_autoptr(GString) out = g_string_new("#include \"embedded.h\"\n\n");
    append_table(out, "EmbeddedFile", "embedded_files", "embedded_file_count",
                 embedding->files->str, embedding->file_count, "{\"\", \"\", 0}");
    g_string_append(out, embedding->offsets->str);
    append_table(out, "EmbeddedChapters", "embedded_chapters", "embedded_chapters_count",
                 embedding->chapters->str, embedding->chapters_count, "{\"\", \"\", 0, NULL, 0}");
    append_table(out, "EmbeddedName", "embedded_names", "embedded_name_count", names->str,
                 embedding->names->len, "{\"\", 0}");
    append_table(out, "EmbeddedPage", "embedded_pages", "embedded_page_count",
                 embedding->pages->str, embedding->page_count, "{\"\", \"\"}");
    append_table(out, "EmbeddedScript", "embedded_scripts", "embedded_script_count",
                 embedding->scripts->str, embedding->script_count, "{\"\", \"\", 0}");
    append_table(out, "EmbeddedTemplate", "embedded_templates", "embedded_template_count",
                 embedding->templates->str, embedding->template_count, "{\"\", \"\", 0}");
    g_string_append_printf(out, "const char embedded_replacements[] =\n    %s;\n",
                           embedding->replacements->str);
    g_string_append_printf(out, "\nconst char embedded_hook[] =\n    %s;\n", embedding->hook->str);
    g_autoptr(GError) error = NULL;
    if (!g_file_set_contents(output, out->str, (gssize)out->len, &error)) {
        fprintf(stderr, "depot-embed: %s\n", error->message);
        return false;
    }
    return true;
}

/// Shows what is wrong with the library. True if nothing is.
static bool report(Compilation *compilation) {
    g_autoptr(GString) text = g_string_new(NULL);
    render_text(compilation, &(RenderOptions){0}, text);
    fputs(text->str, stderr);
    return diagnostics_count(compilation->diagnostics, SEVERITY_ERROR) == 0;
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fputs("usage: depot-embed OUTPUT FILE...\n", stderr);
        return 2;
    }
    // The order of the tables is that of strcmp, whatever order the build system lists files in.
    qsort(argv + 2, (size_t)argc - 2, sizeof *argv, compare_text);
    Embedding embedding = {
        .compilation = compilation_new(&(CompilationOptions){0}),
        .files = g_string_new(NULL),
        .names = g_ptr_array_new_with_free_func(g_free),
        .chapters = g_string_new(NULL),
        .offsets = g_string_new(NULL),
        .pages = g_string_new(NULL),
        .scripts = g_string_new(NULL),
        .templates = g_string_new(NULL),
        .replacements = g_string_new(NULL),
        .hook = g_string_new(NULL),
    };
    bool ok = true;
    for (int i = 2; i < argc; i++) {
        ok = embed_file(&embedding, argv[i]) && ok;
    }
    ok = report(embedding.compilation) && ok && write_tables(&embedding, argv[1]);
    g_string_free(embedding.files, TRUE);
    g_ptr_array_free(embedding.names, TRUE);
    g_string_free(embedding.chapters, TRUE);
    g_string_free(embedding.offsets, TRUE);
    g_string_free(embedding.pages, TRUE);
    g_string_free(embedding.scripts, TRUE);
    g_string_free(embedding.templates, TRUE);
    g_string_free(embedding.replacements, TRUE);
    g_string_free(embedding.hook, TRUE);
    compilation_free(embedding.compilation);
    return ok ? 0 : 1;
}
