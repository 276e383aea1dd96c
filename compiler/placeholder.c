#include "placeholder.h"

#include "edit.h"
#include "library.h"

#include <glib.h>

/// Objects deeper than this are left empty.
enum { DEEPEST = 4 };

static void append_value(Arena *arena, GString *out, const Type *type, unsigned depth);

/// The properties that must be there, as `a: 1, b: 2`.
static void append_required(Arena *arena, GString *out, const Type *type, unsigned depth) {
    bool first = true;
    for (size_t i = 0; i < type->count; i++) {
        const Property *property = &type->properties[i];
        if (property->optional) {
            continue;
        }
        g_string_append_printf(out, "%s%s: ", first ? "" : ", ", property->name->text);
        append_value(arena, out, property->type, depth + 1);
        first = false;
    }
}

static void append_object(Arena *arena, GString *out, const Type *type, unsigned depth) {
    g_autoptr(GString) inner = g_string_new(NULL);
    if (depth < DEEPEST) {
        append_required(arena, inner, type, depth);
    }
    g_string_append_printf(out, inner->len > 0 ? "{ %s }" : "{%s}", inner->str);
}

static void append_value(Arena *arena, GString *out, const Type *type, unsigned depth) {
    switch ((TypeKind)type->kind) {
    case TYPE_INT:
    case TYPE_NUMBER:
        g_string_append_c(out, '0');
        break;
    case TYPE_BOOL:
        g_string_append(out, "false");
        break;
    case TYPE_SECRET:
        g_string_append(out, "secret(\"…\")");
        break;
    case TYPE_LITERAL:
        g_string_append(out, type_text(arena, type));
        break;
    case TYPE_MEMBER:
        g_string_append(out, type->name->text);
        break;
    case TYPE_CASE:
        g_string_append_printf(out, "%s(", type->name->text);
        for (size_t i = 0; i < type->count && !type->properties[i].optional; i++) {
            g_string_append(out, i > 0 ? ", " : "");
            append_value(arena, out, type->properties[i].type, depth + 1);
        }
        g_string_append_c(out, ')');
        break;
    case TYPE_LIST:
        g_string_append(out, "[]");
        break;
    case TYPE_MAP:
        g_string_append(out, "{}");
        break;
    case TYPE_OBJECT:
        append_object(arena, out, type, depth);
        break;
    case TYPE_UNION:
        append_value(arena, out, type->alternatives[0], depth);
        break;
    case TYPE_REFERENCE:
        g_string_append(out, type->construct ? type->construct->kind->text : type->name->text);
        break;
    case TYPE_NAMED:
        append_value(arena, out, type->element, depth);
        break;
    case TYPE_ERROR:
    case TYPE_ANY:
    case TYPE_NEVER:
    case TYPE_STRING:
    case TYPE_DEPLOYED:
        g_string_append(out, "\"…\"");
        break;
    }
}

const char *placeholder_value(Arena *arena, const Type *type) {
    g_autoptr(GString) out = g_string_new(NULL);
    append_value(arena, out, type, 0);
    return arena_strndup(arena, out->str, out->len);
}

const char *placeholder_member(Arena *arena, const Property *property) {
    return arena_printf(arena, "%s: %s", property->name->text,
                        placeholder_value(arena, property->type));
}

void placeholder_offer(const Compilation *compilation, Diagnostic *diagnostic, const Node *braced,
                       const Property *property) {
    const char *member = placeholder_member(compilation->arena, property);
    const EditInsertion insertion = edit_insert_members(compilation, braced, &member, 1);
    diagnostic_fix(compilation->diagnostics, diagnostic, FIX_PLACEHOLDER, insertion.place,
                   insertion.text, "add `%s`, to be completed", property->name->text);
}
