// Projects as the language server gets them: from a path to a plain struct.
#include "project.h"

#include "value.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Fixture {
    char *folder; ///< the working folder while a test runs
    char *before;
    Compilation *compilation;
} Fixture;

static void setup(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    fixture->before = g_get_current_dir();
    g_autofree char *folder = g_dir_make_tmp("depot-project-XXXXXX", NULL);
    fixture->folder = realpath(folder, NULL); // the C library's, not GLib's
    g_assert_cmpint(g_chdir(fixture->folder), ==, 0);
    g_assert_cmpint(g_mkdir_with_parents("inner/deep", 0700), ==, 0);
    fixture->compilation = compilation_new(&(CompilationOptions){0});
}

static void teardown(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    static const char *const files[] = {"depot.project", "inner/depot.project", "main.depot",
                                        "policy.depot",  "inner/deep",          "inner"};
    compilation_free(fixture->compilation);
    g_assert_cmpint(g_chdir(fixture->folder), ==, 0);
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_remove(files[i]);
    }
    g_assert_cmpint(g_chdir(fixture->before), ==, 0);
    g_assert_cmpint(g_rmdir(fixture->folder), ==, 0);
    free(fixture->folder);
    g_free(fixture->before);
}

static void put(const char *path, const char *text) {
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void assert_found(const char *from, const char *expected) {
    g_autofree char *found = project_find(NULL, from);
    g_assert_cmpstr(found, ==, expected);
}

static void test_find(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    assert_found(".", NULL);
    put("depot.project", "");
    assert_found(".", "depot.project");
    assert_found("main.depot", "depot.project");
    assert_found("inner/deep", "depot.project");
    g_assert_cmpint(g_chdir("inner/deep"), ==, 0);
    assert_found(".", "../../depot.project");
    assert_found("nowhere.depot", "../../depot.project");
    g_assert_cmpint(g_chdir("../.."), ==, 0);
    put("inner/depot.project", "");
    assert_found("inner/deep", "inner/depot.project");
    assert_found("inner", "inner/depot.project");
    g_assert_cmpint(g_chdir("/"), ==, 0);
    g_autofree char *whole = g_build_filename(fixture->folder, PROJECT_FILE, NULL);
    assert_found(fixture->folder, whole);
}

static void test_read(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    put("depot.project", "let out = \"out\"\n"
                         "name: \"retail\"\n"
                         "entries: [\"./main.depot\", \"inner/\"]\n"
                         "targets: { cfn: out, cdk: \"${out}/cdk\" }\n"
                         "stages: { prod: { b: 2, a: [1] }, dev: {} }\n"
                         "params: { keep: true }\n"
                         "policies: [\"policy.depot\"]\n"
                         "levels: { D1130: \"allow\" }\n"
                         "denyWarnings: true\n"
                         "versions: { jest: \"^30\" }\n");
    const Project *project = project_read(fixture->compilation, "depot.project");
    g_assert_nonnull(project);
    g_assert_cmpuint(diagnostics_count(fixture->compilation->diagnostics, SEVERITY_ERROR), ==, 0);
    g_assert_cmpstr(project->name, ==, "retail");
    g_assert_cmpstr(project->folder, ==, ".");
    g_assert_cmpuint(project->entry_count, ==, 2);
    g_assert_cmpstr(project->entries[0].path, ==, "main.depot");
    g_assert_cmpuint(project->target_count, ==, 2);
    g_assert_cmpstr(project->targets[0].name, ==, "cdk");
    g_assert_cmpstr(project->targets[0].folder, ==, "out/cdk");
    g_assert_cmpuint(project->stage_count, ==, 2);
    g_assert_null(project_stage(project, "test"));
    const ProjectStage *stage = project_stage(project, "prod");
    g_assert_cmpuint(stage->parameter_count, ==, 2);
    g_assert_cmpstr(stage->parameters[0].name, ==, "a");
    g_assert_cmpint(stage->parameters[0].value->kind, ==, VALUE_LIST);
    g_assert_cmpuint(project->level_count, ==, 2);
    g_assert_cmpint(project->levels[0].severity, ==, SEVERITY_OFF);
    g_assert_cmpstr(project->levels[1].code, ==, "warnings");
    g_assert_cmpint(project->levels[1].severity, ==, SEVERITY_ERROR);
    g_assert_cmpstr(project->versions[0].version, ==, "^30");
    g_assert_null(project->service_token);
    g_assert_cmpstr(fixture->compilation->options.project_root, ==, project->root);
}

/// What is wrong is reported and left out; the rest is there.
static void test_broken(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    put("depot.project", "name: 3\nentries: [\"../x.depot\", \"main.depot\"]\nnothing: 1\n");
    const Project *project = project_read(fixture->compilation, "depot.project");
    g_assert_nonnull(project);
    g_assert_cmpuint(diagnostics_count(fixture->compilation->diagnostics, SEVERITY_ERROR), ==, 3);
    g_assert_null(project->name);
    g_assert_cmpuint(project->entry_count, ==, 1);
    g_assert_null(project_read(fixture->compilation, "inner/depot.project"));
}

static void test_sources(Fixture *fixture, gconstpointer unused) {
    (void)unused;
    put("depot.project", "policies: [\"policy.depot\"]\n");
    put("main.depot", "let a = 1\n");
    put("policy.depot", "let b = 1\n");
    Compilation *compilation = fixture->compilation;
    const Project *project = project_read(compilation, "depot.project");
    project_add_parts(compilation, project);
    project_add_entries(compilation, project);
    size_t entries = 0;
    for (size_t i = 0; i < compilation->source_count; i++) {
        const Source *source = compilation->sources[i];
        entries += source->entry;
        g_assert_cmpint(source->part, ==, strcmp(source->path, "policy.depot") == 0);
        g_assert_cmpint(source->entry, ==, strcmp(source->path, "main.depot") == 0);
    }
    g_assert_cmpuint(entries, ==, 1);
    g_assert_true(compilation_check(compilation));
}

static void test_packages(void) {
    static const char *const good[] = {"jest", "@a/b", "aws-cdk-lib", "a.b_c~d"};
    static const char *const bad[] = {"",   "@a", "@/b",    "@a/",  "a/b", "a b",
                                      ".a", "_a", "@a/b/c", "../a", "a\"b"};
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
        g_assert_true(project_is_package(good[i]));
    }
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_false(project_is_package(bad[i]));
    }
}

#define CASE(path, function) g_test_add(path, Fixture, NULL, setup, function, teardown)

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    CASE("/project/find", test_find);
    CASE("/project/read", test_read);
    CASE("/project/broken", test_broken);
    CASE("/project/sources", test_sources);
    g_test_add_func("/project/packages", test_packages);
    return g_test_run();
}
