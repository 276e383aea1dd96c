#include "passes.h"

#include "check_test.h"
#include "consequences.h"
#include "levels.h"
#include "operators.h"
#include "user_library.h"

#include <glib.h>

static const Pass passes[] = {
#define PASS(name, needs, summary) {#name, needs, pass_##name},
#include "passes.def"
#undef PASS
    {NULL, NEEDS_NOTHING, NULL},
};

static bool has_errors(const Compilation *compilation) {
    return diagnostics_count(compilation->diagnostics, SEVERITY_ERROR) > 0;
}

void compilation_declare(Compilation *compilation) {
    /* Imports join the list while it is walked. */
    for (size_t i = 0; i < compilation->source_count; i++) {
        if (!compilation->sources[i]->library) {
            scope_of_file(compilation, compilation->sources[i]);
        }
    }
    user_library_collect(compilation);
}

static void check_sources(Compilation *compilation) {
    compilation_declare(compilation);
    levels_check(compilation);
    for (size_t i = 0; i < compilation->source_count; i++) {
        if (!compilation->sources[i]->library) {
            check_file(compilation, compilation->sources[i]);
        }
    }
    for (size_t i = 0; i < compilation->source_count; i++) {
        if (!compilation->sources[i]->library) {
            check_tests(compilation, compilation->sources[i]);
        }
    }
}

/// Parameters are held against their types, and constants computed, whether or not something uses
/// them.
static void evaluate_globals(Compilation *compilation) {
    for (size_t i = 0; i < compilation->source_count; i++) {
        Source *source = compilation->sources[i];
        if (source->library) {
            continue;
        }
        for (Node *node = source->tree->a; node; node = node->next) {
            if ((node->kind == NODE_PARAM || node->kind == NODE_LET) && node->bound) {
                eval_symbol(compilation, node->bound, frame_of_file(compilation, source));
            }
        }
    }
}

void compilation_check_names(Compilation *compilation) {
    int64_t start = g_get_monotonic_time();
    check_sources(compilation);
    compilation_stat(compilation, "types", start, compilation->source_count, "files");
}

bool compilation_check(Compilation *compilation) {
    compilation_check_names(compilation);
    return compilation_evaluate(compilation);
}

bool compilation_evaluate(Compilation *compilation) {
    int64_t start = g_get_monotonic_time();
    parameter_report_unused(compilation);
    program_expand(compilation);
    evaluate_globals(compilation);
    program_evaluate(compilation);
    compilation_stat(compilation, "evaluate", start, compilation->program->resource_count,
                     "resources");
    start = g_get_monotonic_time();
    size_t count = 0;
    for (const Pass *pass = passes; pass->name; pass++) {
        if (pass->needs == NEEDS_NO_ERROR && has_errors(compilation)) {
            continue;
        }
        pass->run(compilation);
        count++;
    }
    consequences_hide(compilation);
    diagnostics_fold(compilation->diagnostics);
    compilation_stat(compilation, "checks", start, count, "checks");
    return !has_errors(compilation);
}
