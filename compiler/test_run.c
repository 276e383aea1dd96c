// Judging a test: its program is built with its parameters, then every `expect` is looked at.
#include "check_test.h"
#include "operators.h"
#include "program.h"
#include "render.h"
#include "test.h"

#include <glib.h>
#include <string.h>

// Tests of a file

const TestCase *tests_of(Compilation *compilation, const Source *source, size_t *count) {
    size_t most = 0;
    for (const Node *node = source->tree->a; node; node = node->next) {
        most += node->kind == NODE_TEST;
    }
    TestCase *cases = arena_array(compilation->arena, TestCase, most);
    *count = 0;
    for (const Node *node = source->tree->a; node; node = node->next) {
        if (node->kind == NODE_TEST && node->a && node->a->kind == NODE_STRING) {
            cases[(*count)++] = (TestCase){
                arena_strndup(compilation->arena, node->a->text, node->a->length), source, node};
        }
    }
    return cases;
}

static const Node *find_test(const Source *source, const char *name) {
    const size_t length = strlen(name);
    for (const Node *node = source->tree->a; node; node = node->next) {
        if (node->kind == NODE_TEST && node->a && node->a->kind == NODE_STRING &&
            node->a->length == length && !memcmp(node->a->text, name, length)) {
            return node;
        }
    }
    return NULL;
}

// Outcomes

static void free_template(void *data) {
    TestTemplate *template = data;
    g_free(template->stack);
    g_free(template->text);
    g_free(template);
}

void test_add_template(GHashTable *templates, const char *name, const char *stack,
                       const char *text) {
    TestTemplate *template = g_new(TestTemplate, 1);
    *template = (TestTemplate){g_strdup(stack), g_strdup(text)};
    g_hash_table_replace(templates, g_strdup(name), template);
}

static void free_failure(void *data) {
    TestFailure *failure = data;
    g_free(failure->code);
    g_free(failure->message);
    g_free(failure->file);
    g_strfreev(failure->remarks);
    g_free(failure->text);
    g_free(failure);
}

void test_outcome_begin(TestOutcome *outcome) {
    *outcome = (TestOutcome){
        .failures = g_ptr_array_new_with_free_func(free_failure),
        .texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_template),
    };
}

void test_outcome_clear(TestOutcome *outcome) {
    g_ptr_array_unref(outcome->failures);
    g_hash_table_unref(outcome->texts);
}

void test_outcome_add(TestOutcome *outcome, const char *code, const char *message,
                      const char *details) {
    TestFailure *failure = g_new0(TestFailure, 1);
    failure->code = g_strdup(code);
    failure->message = g_strdup(message);
    failure->text = g_strdup_printf("error[%s]: %s\n%s", code, message, details ? details : "");
    g_ptr_array_add(outcome->failures, failure);
}

/// The notes of `diagnostic` that have no place, and its help.
static char **remarks_of(const Compilation *compilation, const Diagnostic *diagnostic) {
    g_autoptr(GStrvBuilder) remarks = g_strv_builder_new();
    for (const DiagnosticLabel *label = diagnostic->labels; label; label = label->next) {
        if (!compilation_source(compilation, label->span.file)) {
            g_strv_builder_add(remarks, label->text);
        }
    }
    for (const DiagnosticHelp *help = diagnostic->helps; help; help = help->next) {
        g_strv_builder_add(remarks, help->text);
    }
    return g_strv_builder_end(remarks);
}

static void add_diagnostic(TestOutcome *outcome, Compilation *compilation,
                           const Diagnostic *diagnostic) {
    TestFailure *failure = g_new0(TestFailure, 1);
    failure->code = g_strdup(diagnostic->code);
    failure->message = g_strdup(diagnostic->message);
    Source *source = compilation_source(compilation, diagnostic->span.file);
    if (source) {
        const Position place = source_position(source, diagnostic->span.start, compilation->arena);
        failure->file = g_strdup(source->path);
        failure->line = place.line;
        failure->column = place.column;
        failure->start = diagnostic->span.start;
        failure->end = diagnostic->span.end;
    } else {
        failure->file = g_strdup(diagnostic->file);
    }
    failure->remarks = remarks_of(compilation, diagnostic);
    GString *text = g_string_new(NULL);
    render_diagnostic(compilation, diagnostic, &(RenderOptions){0}, text);
    failure->text = g_string_free(text, FALSE);
    g_ptr_array_add(outcome->failures, failure);
}

static void add_errors(TestOutcome *outcome, Compilation *compilation, Diagnostics *list) {
    for (const Diagnostic *at = diagnostics_sorted(list); at; at = at->next) {
        if (at->severity == SEVERITY_ERROR) {
            add_diagnostic(outcome, compilation, at);
        }
    }
}

void test_outcome_add_errors(TestOutcome *outcome, Compilation *compilation) {
    compilation_raise_levels(compilation);
    add_errors(outcome, compilation, compilation->diagnostics);
}

// Members of environments

/// The symbol `name` of the block of `container`, or NULL.
static Symbol *symbol_in(const Resource *container, const Name *name) {
    const Scope *scope = container->node->b ? container->node->b->bound : NULL;
    return scope && container->frame ? scope_find_here(scope, name) : NULL;
}

const Value *test_member(Compilation *compilation, const Resource *container, const Name *name) {
    if (!compilation->program->test || !container->construct->container) {
        return NULL;
    }
    Symbol *symbol = symbol_in(container, name);
    const bool known = symbol && (symbol->kind == SYMBOL_LET ||
                                  (symbol->kind == SYMBOL_RESOURCE && !symbol->keyed));
    return known ? eval_symbol(compilation, symbol, container->frame) : NULL;
}

Instances *test_instances(Compilation *compilation, const Node *member, const Symbol *symbol,
                          Frame *frame) {
    const Value *container = eval(compilation, member->a, frame);
    if (container->kind != VALUE_RESOURCE || !container->resource->frame) {
        return NULL;
    }
    return program_instances(compilation, symbol, container->resource->frame);
}

// Building the program

/// Files that are imported build their environments, too.
static void make_entries(const Compilation *compilation) {
    for (size_t i = 0; i < compilation->source_count; i++) {
        Source *source = compilation->sources[i];
        if (!source->library && !source->part && !source->settings) {
            source->entry = true;
        }
    }
}

static const Node *property_of(const Node *test, const char *name) {
    for (const Node *node = test->b ? test->b->a : NULL; node; node = node->next) {
        if (node->kind == NODE_PROPERTY && node->name && !strcmp(node->name->text, name) &&
            !(node->flags & NODE_BAD)) {
            return node;
        }
    }
    return NULL;
}

/// Adds the test's own values to the parameters that are set already.
static void set_parameters(Compilation *compilation, const Node *test, Frame *frame) {
    const Node *property = property_of(test, "params");
    const Value *value = property ? eval(compilation, property->b, frame) : NULL;
    if (!value || value->kind != VALUE_OBJECT) {
        return;
    }
    CompilationOptions *options = &compilation->options;
    ParameterSetting *all = arena_array(compilation->arena, ParameterSetting,
                                        options->parameter_count + value->field_count);
    if (options->parameter_count) {
        memcpy(all, options->parameters, options->parameter_count * sizeof *all);
    }
    for (size_t i = 0; i < value->field_count; i++) {
        const Field *field = &value->fields[i];
        if (field->value->kind == VALUE_ABSENT || field->value->kind == VALUE_ERROR) {
            continue;
        }
        const Node *origin = field->origin ? field->origin : property;
        all[options->parameter_count++] =
            (ParameterSetting){.name = field->name->text,
                               .origin = "this test",
                               .value = field->value,
                               .span = node_name_span(compilation, origin)};
    }
    options->parameters = all;
}

/// Evaluates the program and emits its templates. What is reported then is all that there is.
static void build(Compilation *compilation, TestEmitter emit, void *data, GHashTable *texts) {
    if (compilation_evaluate(compilation)) {
        emit(compilation, texts, data);
    }
    compilation_raise_levels(compilation);
    if (diagnostics_count(compilation->diagnostics, SEVERITY_ERROR) > 0) {
        g_hash_table_remove_all(texts);
    }
}

void test_build(Compilation *compilation, TestEmitter emit, void *data, TestOutcome *outcome) {
    compilation_check_names(compilation);
    build(compilation, emit, data, outcome->texts);
    add_errors(outcome, compilation, compilation->diagnostics);
}

/// Takes out what was reported about tests: the program is not to blame for it. Errors in the test
/// itself are added to the outcome; only what its parameters break was the program's to refuse.
static void take_out_tests(TestRun *run, TestOutcome *outcome) {
    const Node *at = NULL;
    const Node *parameters = property_of(run->node, "params");
    uint32_t file = SPAN_NONE;
    Diagnostic *next = NULL;
    for (Diagnostic *one = diagnostics_sorted(run->program); one; one = next) {
        next = one->next;
        const Source *source = compilation_source(run->compilation, one->span.file);
        if (!source) {
            continue;
        }
        if (one->span.file != file) {
            file = one->span.file;
            at = source->tree->a;
        }
        while (at && at->end <= one->span.start) {
            at = at->next;
        }
        if (!at || at->kind != NODE_TEST || at->start > one->span.start) {
            continue;
        }
        if (at == run->node && parameters && one->span.start >= parameters->start &&
            one->span.start < parameters->end) {
            continue;
        }
        if (at == run->node && one->severity == SEVERITY_ERROR) {
            add_diagnostic(outcome, run->compilation, one);
        }
        diagnostic_hide(run->program, one);
    }
}

// Judging

/// " where `stage` is \"dev\"": the variables of the loops around an expectation; "" without any.
static const char *turn_text(Compilation *compilation, const Frame *frame) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (; frame && frame->scope->kind != SCOPE_TEST; frame = frame->outer) {
        g_autoptr(GString) turn = g_string_new(NULL);
        for (const Symbol *symbol = frame->scope->first; symbol; symbol = symbol->next) {
            const Value *value =
                symbol->kind == SYMBOL_VARIABLE ? frame->slots[symbol->slot] : NULL;
            if (value) {
                g_string_append_printf(turn, "%s`%s` is %s", turn->len ? ", " : "",
                                       symbol->name->text, test_value_text(compilation, value));
            }
        }
        if (turn->len) { /* outer loops first */
            g_string_append_printf(turn, "%s%s", text->len ? ", " : "", text->str);
            g_string_assign(text, turn->str);
        }
    }
    return text->len ? arena_printf(compilation->arena, " where %s", text->str) : "";
}

static void fail(TestRun *run, const Node *node, Frame *frame, const Value *value) {
    Compilation *compilation = run->compilation;
    Diagnostic *diagnostic =
        diagnostic_add(run->failures, DIAG_EXPECT_FAILED, node_span(node),
                       test_source_text(compilation, node), turn_text(compilation, frame), NULL);
    if (value->kind == VALUE_BOOL) {
        test_explain(run, diagnostic, node, frame);
    } else if (value->kind == VALUE_ERROR) {
        diagnostic_note(run->failures, diagnostic, NO_SPAN,
                        "it has no value, because the program has errors");
    } else {
        diagnostic_note(run->failures, diagnostic, NO_SPAN, "it is %s",
                        test_value_text(compilation, value));
    }
}

static void judge_expectation(TestRun *run, const Node *node, Frame *frame) {
    const size_t before = diagnostics_count(run->failures, SEVERITY_ERROR);
    const Value *value = eval(run->compilation, node, frame);
    if (value->kind == VALUE_BOOL && value->boolean) {
        return;
    }
    /* Why it has no value may have been said just now, or for an expectation before it. */
    const bool said = diagnostics_count(run->failures, SEVERITY_ERROR) > before ||
                      diagnostics_count(run->program, SEVERITY_ERROR) == 0;
    if (value->kind == VALUE_ERROR && said) {
        return;
    }
    if (value_is_deploy(value)) {
        report_build_time(run->compilation, node, "what is expected");
        return;
    }
    fail(run, node, frame, value);
}

typedef struct Turn {
    TestRun *run;
    const Node *body;
} Turn;

static void judge_list(TestRun *run, const Node *list, Frame *frame);

static void judge_turn(Compilation *compilation, Frame *frame, void *data) {
    (void)compilation;
    const Turn *turn = data;
    judge_list(turn->run, turn->body->a, frame);
}

static void judge_branch(TestRun *run, const Node *node, Frame *frame) {
    while (node && node->kind == NODE_IF) {
        bool known = true;
        const bool chosen = eval_condition(run->compilation, node->a, frame, false, &known);
        if (!known) {
            return;
        }
        node = chosen ? node->b : node->c;
    }
    if (node && node->bound) {
        judge_list(run, node->a, frame_new(run->compilation, node->bound, frame));
    }
}

static void judge_list(TestRun *run, const Node *list, Frame *frame) {
    for (const Node *node = list; node; node = node->next) {
        if (node->flags & NODE_BAD) {
            continue;
        }
        if (node->kind == NODE_EXPECT) {
            judge_expectation(run, node->a, frame);
        } else if (node->kind == NODE_IF) {
            judge_branch(run, node, frame);
        } else if (node->kind == NODE_FOR && node->a && node->b && node->a->bound) {
            Turn turn = {run, node->b};
            eval_loop(run->compilation, node->a, frame, judge_turn, &turn);
        }
    }
}

static void set_count(TestRun *run, const Frame *frame, const char *name, Severity severity) {
    Compilation *compilation = run->compilation;
    const Symbol *symbol = scope_find_here(frame->scope, names_of(compilation->names, name));
    if (symbol && symbol->kind == SYMBOL_VARIABLE) {
        const size_t count = diagnostics_count(run->program, severity);
        frame->slots[symbol->slot] = (void *)value_int(compilation->arena, (int64_t)count, NULL);
    }
}

/// What is known only at deployment is nothing that a test can compare: say what it can.
static void add_helps(TestRun *run) {
    for (Diagnostic *at = diagnostics_sorted(run->failures); at; at = at->next) {
        if (!strcmp(at->code, diagnostic_code(DIAG_BUILD_TIME))) {
            diagnostic_help(run->failures, at,
                            "`template(environment)` shows what is written for it");
        }
    }
}

static void judge(TestRun *run, Scope *scope, Frame *file, TestOutcome *outcome) {
    Compilation *compilation = run->compilation;
    Frame *frame = frame_new(compilation, scope, file);
    set_count(run, frame, "errors", SEVERITY_ERROR);
    set_count(run, frame, "warnings", SEVERITY_WARNING);
    set_count(run, frame, "notes", SEVERITY_NOTE);
    compilation->diagnostics = run->failures;
    compilation->program->test = run;
    judge_list(run, run->node->b->a, frame);
    compilation->program->test = NULL;
    compilation->diagnostics = run->program;
    add_helps(run);
    add_errors(outcome, compilation, run->failures);
}

void test_judge(Compilation *compilation, Source *source, const char *name, TestEmitter emit,
                void *data, TestOutcome *outcome) {
    g_autoptr(GHashTable) templates = g_hash_table_new(g_str_hash, g_str_equal);
    TestRun run = {.compilation = compilation,
                   .program = compilation->diagnostics,
                   .failures = diagnostics_new(compilation->arena),
                   .texts = outcome->texts,
                   .templates = templates};
    compilation_check_names(compilation);
    make_entries(compilation);
    run.node = find_test(source, name);
    Scope *scope = run.node && run.node->b ? run.node->b->bound : NULL;
    if (!scope) {
        add_errors(outcome, compilation, run.program);
        return;
    }
    Frame *file = frame_of_file(compilation, source);
    Frame *early = frame_new(compilation, scope, file);
    set_parameters(compilation, run.node, early);
    const Node *snapshot = property_of(run.node, "snapshot");
    const Value *wanted = snapshot ? eval(compilation, snapshot->b, early) : NULL;
    outcome->snapshot = wanted && wanted->kind == VALUE_BOOL && wanted->boolean;
    build(compilation, emit, data, outcome->texts);
    take_out_tests(&run, outcome);
    if (!test_asks_reports(run.node, true)) {
        add_errors(outcome, compilation, run.program);
    }
    if (outcome->failures->len == 0) {
        judge(&run, scope, file, outcome);
    }
}
