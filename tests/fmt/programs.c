#include "programs.h"

#include <string.h>

static const char *const folders[] = {"docs", "examples", "stdlib", "tests/goldens",
                                      "tests/oracle/programs"};

static void program_free(gpointer data) {
    Sample *program = data;
    g_free(program->name);
    g_free(program->path);
    g_string_free(program->text, TRUE);
    g_free(program);
}

static Sample *add(GPtrArray *programs, char *name, GString *text, JudgeKind kind) {
    Sample *program = g_new0(Sample, 1);
    program->name = name;
    program->text = text;
    program->kind = kind;
    g_ptr_array_add(programs, program);
    return program;
}

/// The blocks of a page that hold a program, or a piece that stands in an environment.
static void add_page(GPtrArray *programs, const char *path, const char *text) {
    GString *block = NULL;
    bool inside = false;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint index = 0; lines[index] != NULL; ++index) {
        const char *line = lines[index];
        if (block != NULL && g_str_has_prefix(line, "```")) {
            g_string_append(block, inside ? "}\n" : "");
            add(programs, g_strdup_printf("%s:%u", path, index + 1), block, JUDGE_PROGRAM);
            block = NULL;
        } else if (block != NULL) {
            g_string_append_printf(block, "%s\n", line);
        } else if (g_str_has_prefix(line, "```depot")) {
            inside = strcmp(line, "```depot inside") == 0;
            block = g_string_new(inside ? "environment orders {\n" : "");
        }
    }
    if (block != NULL) {
        g_string_free(block, TRUE);
    }
}

static void add_file(GPtrArray *programs, const char *path) {
    const bool page = g_str_has_suffix(path, ".md");
    const bool settings = g_str_has_suffix(path, "depot.project");
    if (!page && !settings && !g_str_has_suffix(path, ".depot")) {
        return;
    }
    g_autofree char *text = NULL;
    gsize length = 0;
    if (!g_file_get_contents(path, &text, &length, NULL)) {
        return;
    }
    if (page) {
        add_page(programs, path, text);
        return;
    }
    Sample *program = add(programs, g_strdup(path), g_string_new_len(text, (gssize)length),
                          settings ? JUDGE_SETTINGS : JUDGE_PROGRAM);
    if (!settings && strstr(path, "stdlib/") == NULL) {
        program->path = g_strdup(path);
    }
}

static gint compare_names(gconstpointer left, gconstpointer right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void add_folder(GPtrArray *programs, const char *path) {
    GDir *folder = g_dir_open(path, 0, NULL);
    if (folder == NULL) {
        add_file(programs, path);
        return;
    }
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name = g_dir_read_name(folder); name; name = g_dir_read_name(folder)) {
        g_ptr_array_add(names, g_strdup(name));
    }
    g_dir_close(folder);
    g_ptr_array_sort(names, compare_names);
    for (guint index = 0; index < names->len; ++index) {
        g_autofree char *inside = g_build_filename(path, g_ptr_array_index(names, index), NULL);
        add_folder(programs, inside);
    }
}

GPtrArray *programs_find(const char *root) {
    GPtrArray *programs = g_ptr_array_new_with_free_func(program_free);
    for (size_t index = 0; index < G_N_ELEMENTS(folders); ++index) {
        g_autofree char *path = g_build_filename(root, folders[index], NULL);
        add_folder(programs, path);
    }
    return programs;
}
