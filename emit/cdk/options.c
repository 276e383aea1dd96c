#include "cdk/options.h"

#include "cdk/text.h"

#include <string.h>

/// `DeletionPolicy` → `deletionPolicy`
static const char *uncapitalized(Arena *arena, const char *name) {
    return arena_printf(arena, "%c%s", g_ascii_tolower(name[0]), name[0] ? name + 1 : "");
}

const char *options_target(Arena *arena, const char *local, const char *name) {
    return arena_printf(arena, "%s.cfnOptions.%s", local, uncapitalized(arena, name));
}

Ts *options_value(ClassFile *file, const Value *value) {
    if (value->kind != VALUE_OBJECT) {
        return cdk_value(file, value);
    }
    Ts *object = ts_object(file->arena, value->field_count);
    for (size_t i = 0; i < value->field_count; i++) {
        const char *key = uncapitalized(file->arena, value->fields[i].name->text);
        ts_put(object, ts_key(file->arena, key, strlen(key)),
               options_value(file, value->fields[i].value));
    }
    return object;
}

Ts *options_metadata(ClassFile *file, const char *local, const Field *field) {
    Arena *arena = file->arena;
    Ts *method = ts_member(arena, ts_name(arena, local), "addMetadata");
    return ts_call(arena, method, ts_string(arena, field->name->text, field->name->length),
                   cdk_value(file, field->value), NULL);
}
