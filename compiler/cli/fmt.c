/// `depotc fmt`: formats files in place, or standard input to standard output.
#include "cli.h"

#include "fmt.h"
#include "formatting.h"
#include "git.h"
#include "path.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/// One run of the verb.
typedef struct Formatting {
    Invocation *invocation;
    Compilation *compilation; ///< their diagnostics are one report
    GPtrArray *kept;          ///< Compilation of each file that has diagnostics
    FormatWidths *widths;
    GString *listed; ///< what goes to standard output
    bool differs;    ///< something is not formatted
    size_t changed;
} Formatting;

// Standard input

/// What standard input holds; `data` of its reader.
typedef struct Input {
    const char *name;
    GString *text;
} Input;

static ReadStatus read_input(const char *path, char **text, size_t *length, const char **message,
                             void *data) {
    const Input *input = data;
    if (strcmp(path, input->name) != 0) {
        return compilation_read_disk(path, text, length, message, NULL);
    }
    *length = input->text->len;
    *text = g_malloc(*length + 2);
    memcpy(*text, input->text->str, *length);
    memset(*text + *length, 0, 2);
    return READ_OK;
}

/// Reads all of standard input. False: see errno.
static bool slurp(GString *text) {
    char buffer[65536];
    for (;;) {
        const ssize_t got = read(STDIN_FILENO, buffer, sizeof buffer);
        if (got == 0) {
            return true;
        }
        if (got < 0 && errno != EINTR) {
            return false;
        }
        if (got > 0) {
            g_string_append_len(text, buffer, got);
        }
    }
}

// One file

void format_source(Invocation *invocation, const Compilation *compilation, const Source *source,
                   unsigned width, GString *text) {
    if (source->settings || !format_has_qualifiers(source)) {
        fmt_source(compilation, source, width, text);
        return;
    }
    Session session;
    const Source *checked =
        format_read_checked(&session, invocation, source, compilation->options.reader,
                            compilation->options.reader_data);
    fmt_source(checked != NULL ? session.compilation : compilation,
               checked != NULL ? checked : source, width, text);
    session_close(&session);
}

Source *format_add(Compilation *compilation, const char *path) {
    return strcmp(folder_last_component(path), PROJECT_FILE) == 0
               ? compilation_add_settings(compilation, path)
               : compilation_add_file(compilation, path, NO_SPAN);
}

static bool is_same(const Source *source, const GString *text) {
    return source->length == text->len && memcmp(source->text, text->str, text->len) == 0;
}

/// Puts the new text in the place of the file; a failure is reported.
static bool write_file(Compilation *compilation, const Source *source, const GString *text) {
    Drafts drafts;
    drafts_begin(&drafts);
    drafts_add(&drafts, source, text->str, text->len);
    const bool ok = rewrite_files(&drafts);
    if (!ok) {
        const Draft *draft = drafts.list->pdata[0];
        Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_FILE_UNWRITABLE,
                                                NO_SPAN, source->path, draft->failure, NULL);
        diagnostic->file = source->path;
    }
    drafts_clear(&drafts);
    return ok;
}

static void list_difference(Formatting *formatting, const Source *source, const GString *text) {
    const Options *options = &formatting->invocation->options;
    if (!options->diff) {
        g_string_append_printf(formatting->listed, "%s\n", source->path);
        return;
    }
    Drafts drafts;
    drafts_begin(&drafts);
    const Draft *draft = drafts_add(&drafts, source, text->str, text->len);
    unified_diff(draft, source->path + (*source->path == '/'), formatting->listed);
    drafts_clear(&drafts);
}

/// Reads, formats and writes one file in `compilation`, which is its own.
static void format_alone(Formatting *formatting, Compilation *compilation, const char *path,
                         unsigned width) {
    const Options *options = &formatting->invocation->options;
    const Source *source = format_add(compilation, path);
    if (source == NULL) {
        return;
    }
    g_autoptr(GString) text = g_string_sized_new(source->length + source->length / 8 + 64);
    format_source(formatting->invocation, compilation, source, width, text);
    if (is_same(source, text)) {
        return;
    }
    formatting->differs = true;
    if (options->check_only || options->diff) {
        list_difference(formatting, source, text);
    } else if (write_file(compilation, source, text)) {
        formatting->changed++;
    }
}

/// A compilation that reads what `invocation` reads.
static Compilation *begin(const Invocation *invocation) {
    return compilation_new(&(CompilationOptions){.files = invocation->files});
}

/// Only what has diagnostics is kept in memory.
static void format_file(Formatting *formatting, const char *path) {
    unsigned width = FMT_INDENT_DEFAULT;
    if (!format_width(formatting->widths, formatting->compilation, path, &width)) {
        return;
    }
    Compilation *own = begin(formatting->invocation);
    format_alone(formatting, own, path, width);
    if (diagnostics_sorted(own->diagnostics) == NULL) {
        compilation_free(own);
        return;
    }
    compilation_merge(formatting->compilation, own);
    g_ptr_array_add(formatting->kept, own);
}

static void free_compilation(void *data) {
    compilation_free(data);
}

/// Prints what goes to standard output, shows the diagnostics. The exit code of the verb.
static ExitCode finish(Formatting *formatting) {
    const Invocation *invocation = formatting->invocation;
    ExitCode code = report_exit_code(formatting->compilation);
    if (formatting->listed->len > 0) {
        const ExitCode printed =
            streams_write(&invocation->report, formatting->listed->str, formatting->listed->len);
        code = MAX(code, printed);
    }
    if (invocation->options.check_only && formatting->differs) {
        code = MAX(code, EXIT_ERRORS);
    }
    return report_show(&invocation->report, formatting->compilation, code);
}

static ExitCode format_input(Invocation *invocation) {
    const Options *options = &invocation->options;
    Input input = {options->stdin_path != NULL ? options->stdin_path : "<stdin>",
                   g_string_new(NULL)};
    Formatting formatting = {.invocation = invocation,
                             .compilation = compilation_new(&(CompilationOptions){
                                 .reader = read_input, .reader_data = &input}),
                             .widths = format_widths_new(),
                             .listed = g_string_new(NULL)};
    Compilation *compilation = formatting.compilation;
    unsigned width = FMT_INDENT_DEFAULT;
    const char *place = options->stdin_path != NULL ? options->stdin_path : ".";
    if (!slurp(input.text)) {
        Diagnostic *diagnostic = diagnostic_add(compilation->diagnostics, DIAG_FILE_UNREADABLE,
                                                NO_SPAN, input.name, g_strerror(errno), NULL);
        diagnostic->file = input.name;
    } else if (format_width(formatting.widths, compilation, place, &width)) {
        const Source *source = format_add(compilation, input.name);
        g_autoptr(GString) text = g_string_new(NULL);
        if (source != NULL) {
            format_source(invocation, compilation, source, width, text);
            formatting.differs = !is_same(source, text);
        }
        if (!options->check_only && !options->diff) {
            g_string_append_len(formatting.listed, text->str, (gssize)text->len);
        } else if (formatting.differs) {
            list_difference(&formatting, source, text);
        }
    }
    const ExitCode code = finish(&formatting);
    format_widths_free(formatting.widths);
    g_string_free(formatting.listed, TRUE);
    compilation_free(compilation);
    g_string_free(input.text, TRUE);
    return code;
}

/// Formats `paths`, of the file system of `invocation`.
static ExitCode format_files(Invocation *invocation, const GPtrArray *paths,
                             Compilation *compilation) {
    Formatting formatting = {.invocation = invocation,
                             .compilation = compilation,
                             .kept = g_ptr_array_new_with_free_func(free_compilation),
                             .widths = format_widths_new(),
                             .listed = g_string_new(NULL)};
    for (guint i = 0; i < paths->len; i++) {
        format_file(&formatting, paths->pdata[i]);
    }
    if (formatting.changed > 0) {
        g_autofree char *line = g_strdup_printf("formatted %zu file%s\n", formatting.changed,
                                                formatting.changed == 1 ? "" : "s");
        report_say(&invocation->report, line);
    }
    const ExitCode code = finish(&formatting);
    format_widths_free(formatting.widths);
    g_string_free(formatting.listed, TRUE);
    g_ptr_array_unref(formatting.kept);
    return code;
}

static ExitCode format_paths(Invocation *invocation) {
    Compilation *compilation = begin(invocation);
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    format_find(compilation, (const char *const *)invocation->options.arguments, paths);
    const ExitCode code = format_files(invocation, paths, compilation);
    compilation_free(compilation);
    return code;
}

// What is staged

/// Judges what is staged. A link is no text of its own, and a submodule has its own commits.
static ExitCode judge_staged(Invocation *invocation, const Git *git, const GPtrArray *staged) {
    Compilation *compilation = begin(invocation);
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < staged->len; i++) {
        g_autofree char *full = g_build_filename(git->top, staged->pdata[i], NULL);
        if (format_takes(folder_last_component(full)) && !files_is_link(invocation->files, full) &&
            files_kind(invocation->files, full) != FILE_FOLDER) {
            g_ptr_array_add(paths, path_from_working(full, git->working));
        }
    }
    const ExitCode code = format_files(invocation, paths, compilation);
    compilation_free(compilation);
    return code;
}

static ExitCode format_staged(Invocation *invocation) {
    Git git;
    GitIndex *index = git_begin(&git) ? git_index_open(&git) : NULL;
    g_autoptr(GPtrArray) staged =
        index != NULL ? git_staged(&git, STAGED_KEPT, invocation->options.arguments) : NULL;
    ExitCode code = EXIT_FILES;
    if (staged == NULL) {
        code = git_report(&git, &invocation->report);
    } else {
        invocation->files = git_index_files(index, true);
        invocation->options.check_only = TRUE;
        code = judge_staged(invocation, &git, staged);
        invocation->files = NULL;
    }
    git_index_close(index);
    git_clear(&git);
    return code;
}

/// The argument that cannot stand beside `-`, or NULL.
static const char *beside_dash(char **arguments) {
    bool dash = false;
    const char *other = NULL;
    for (size_t i = 0; arguments != NULL && arguments[i] != NULL; i++) {
        const bool is_dash = strcmp(arguments[i], "-") == 0;
        other = is_dash && !dash ? other : arguments[i];
        dash = dash || is_dash;
    }
    return dash ? other : NULL;
}

ExitCode fmt_run(Invocation *invocation) {
    const Options *options = &invocation->options;
    const char *other = beside_dash(options->arguments);
    if (other != NULL) {
        g_autofree char *valid = g_utf8_make_valid(other, -1);
        return failure_usage(&invocation->report, DIAG_USAGE_ARGUMENT, valid, "fmt",
                             "`-` is standard input, and stands alone");
    }
    if (options->arguments != NULL && options->arguments[0] != NULL &&
        strcmp(options->arguments[0], "-") == 0) {
        if (options->staged) {
            return failure_usage(&invocation->report, DIAG_USAGE_EXCLUDE, "--staged", "-", NULL);
        }
        return format_input(invocation);
    }
    if (options->stdin_path != NULL) {
        return failure_usage(&invocation->report, DIAG_USAGE_OPTION_ALONE, "--stdin-filepath", "-",
                             "`depotc fmt - --stdin-filepath NAME` formats standard input");
    }
    return options->staged ? format_staged(invocation) : format_paths(invocation);
}
