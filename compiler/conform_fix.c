#include "conform_fix.h"

#include "operators.h"

#include <glib.h>
#include <string.h>

void conform_fix_text(const Conform *context, Diagnostic *diagnostic, const Value *value,
                      const char *text, Applicability how) {
    Compilation *compilation = context->compilation;
    const Span span = conform_place(context, value);
    const Source *source = compilation_source(compilation, span.file);
    const bool plain = source && span.end - span.start == value->length + 2 &&
                       source->text[span.start] == '"' &&
                       !memcmp(source->text + span.start + 1, value->text, value->length);
    // What stands elsewhere may be meant for others, too.
    const bool here = context->place->file == span.file && context->place->start <= span.start &&
                      context->place->end >= span.end;
    if (plain && !strpbrk(text, "\\\"$")) {
        diagnostic_fix(compilation->diagnostics, diagnostic, here ? how : FIX_MAYBE, span,
                       arena_printf(compilation->arena, "\"%s\"", text), "write `\"%s\"`", text);
    }
}

/// The beginning of an address that a value without one may have been given: `s3://`.
static size_t scheme_length(const char *text) {
    size_t length = 0;
    while (g_ascii_isalnum(text[length])) {
        length++;
    }
    return length > 0 && !strncmp(text + length, "://", 3) ? length + 3 : 0;
}

/// The address that a pattern begins with: `s3://` of `^s3://.+$`, or NULL.
static char *scheme_of(const char *pattern) {
    const size_t length = *pattern == '^' ? scheme_length(pattern + 1) : 0;
    return length > 0 ? g_strndup(pattern + 1, length) : NULL;
}

void conform_fix_pattern(const Conform *context, Diagnostic *diagnostic, const Value *value,
                         Constraint *constraint) {
    Compilation *compilation = context->compilation;
    g_autofree char *whole = g_strndup(value->text, value->length);
    g_autofree char *trimmed = g_strstrip(g_strdup(whole));
    const char *bare = trimmed + scheme_length(trimmed);
    g_autofree char *inner = g_strdup(bare + strspn(bare, "/"));
    for (size_t length = strlen(inner); length > 0 && inner[length - 1] == '/'; length--) {
        inner[length - 1] = '\0';
    }
    g_autofree char *lower = g_ascii_strdown(inner, -1);
    g_autofree char *upper = g_ascii_strup(inner, -1);
    g_autofree char *dashes = g_strdelimit(g_strdup(lower), "_ ", '-');
    g_autofree char *scheme = scheme_of(constraint->text);
    g_autofree char *complete = g_strconcat(scheme ? scheme : "", whole, NULL);
    const struct {
        const char *text;
        Applicability how;
    } candidates[] = {{trimmed, FIX_SAFE},  {bare, FIX_SAFE},   {inner, FIX_SAFE},
                      {lower, FIX_MAYBE},   {upper, FIX_MAYBE}, {dashes, FIX_MAYBE},
                      {complete, FIX_MAYBE}};
    for (size_t i = 0; i < G_N_ELEMENTS(candidates); i++) {
        const char *text = candidates[i].text;
        const Value mended = {.kind = VALUE_STRING, .text = text, .length = strlen(text)};
        if (strcmp(text, whole) != 0 && conform_matches(compilation, constraint, &mended)) {
            diagnostic_help(compilation->diagnostics, diagnostic, "write `\"%s\"`", text);
            conform_fix_text(context, diagnostic, value, text, candidates[i].how);
            return;
        }
    }
}
