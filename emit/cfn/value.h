/// Values of the model as JSON with CloudFormation's intrinsic functions.
#ifndef DEPOT_EMIT_CFN_VALUE_H
#define DEPOT_EMIT_CFN_VALUE_H

#include "cfn/json.h"
#include "model.h"

/// Where a template is being written.
typedef struct CfnWriter {
    Json json;
    GArray *pieces; ///< of pieces of strings being joined; a stack, for joins within joins
    Arena *arena;   ///< for texts that must live until they are written
    const ModelStack *stack;
    const ModelNested *nested; ///< whose template it is; NULL: the stack's
    /// The string of several pieces that was written last, and where it stands: most templates
    /// have one, the service token, in every resource.
    const Value *last;
    unsigned last_depth;
    size_t last_at;
    size_t last_length;
} CfnWriter;

/// A writer for a template of `stack` with room for about `expected` bytes. Its buffer is taken
/// with `json_finish`; the rest is freed by `cfn_writer_clear`.
CfnWriter cfn_writer_new(Arena *arena, const ModelStack *stack, size_t expected);
void cfn_writer_clear(CfnWriter *writer);

/// Writes `value` at a place that is indented by `depth` steps.
void cfn_value(CfnWriter *writer, const Value *value, unsigned depth);
/// The same where CloudFormation wants a string: numbers and booleans become text, lists are
/// joined with commas.
void cfn_text(CfnWriter *writer, const Value *value, unsigned depth);

#endif
