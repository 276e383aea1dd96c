#include "volume.h"

#include "program.h"

#include <glib.h>

enum { MIB = 1 << 20 };

/// Bytes of text, and one for each element and member, of what `value` holds.
static uint64_t volume_of(const Value *value) {
    if (value->volume) {
        return value->volume;
    }
    switch ((ValueKind)value->kind) {
    case VALUE_STRING:
        return value->length;
    case VALUE_LIST:
    case VALUE_CONCAT:
        return value->count;
    case VALUE_OBJECT:
        return value->field_count;
    default:
        return 1;
    }
}

static uint64_t add_up(const Value *value) {
    uint64_t sum = volume_of(value);
    bool items = value->kind == VALUE_LIST || value->kind == VALUE_CONCAT;
    for (size_t i = 0; items && i < value->count; i++) {
        sum += volume_of(value->items[i]);
    }
    for (size_t i = 0; value->kind == VALUE_OBJECT && i < value->field_count; i++) {
        sum += volume_of(value->fields[i].value);
    }
    return sum;
}

/// The memory that is new with `value`: its elements are there already.
static size_t memory_of(const Value *value) {
    switch ((ValueKind)value->kind) {
    case VALUE_STRING:
        return value->length;
    case VALUE_LIST:
    case VALUE_CONCAT:
        return value->count * sizeof *value->items;
    case VALUE_OBJECT:
        return value->field_count * sizeof *value->fields;
    default:
        return 0;
    }
}

static const Value *report(Compilation *compilation, const Value *value, const char *what,
                           int most) {
    Diagnostic *diagnostic =
        diagnostic_add(compilation->diagnostics, DIAG_VALUE_SIZE, node_span(value->origin), what,
                       arena_printf(compilation->arena, "%d", most), NULL);
    diagnostic_help(compilation->diagnostics, diagnostic,
                    "look for what is doubled, or repeated, in several steps");
    compilation->program->incomplete = true;
    return &value_error;
}

const Value *volume_charge(Compilation *compilation, const Value *value) {
    Program *program = compilation->program;
    const size_t memory = memory_of(value), most = (size_t)VOLUME_MAX_PROGRAM * MIB;
    if (!memory || value->volume || compilation_source(compilation, value->origin->file)->library) {
        return value; /* the library multiplies nothing */
    }
    if (program->volume > most) {
        return &value_error;
    }
    const uint64_t volume = add_up(value);
    if (volume > (uint64_t)VOLUME_MAX_VALUE * MIB) {
        return report(compilation, value, "this value holds", VOLUME_MAX_VALUE);
    }
    program->volume += memory;
    if (program->volume > most) {
        return report(compilation, value, "texts and lists of the program hold",
                      VOLUME_MAX_PROGRAM);
    }
    ((Value *)value)->volume = (uint32_t)volume;
    return value;
}
