/// Questions about values that several back ends ask.
#ifndef DEPOT_EMIT_KINDS_H
#define DEPOT_EMIT_KINDS_H

#include "model.h"

/// Whether `value` is an intrinsic function called `name` ("Fn::Split").
bool value_is_function(const Value *value, const char *name);
/// What stands behind the parameters of modules: of an argument its value, of a member of an object
/// that is an argument the member.
const Value *value_concrete(const Value *value);
/// Whether `value` is a list in the template, now or at deployment.
bool value_is_list(const Value *value);
/// Whether `value` is text that is known now: a string, number or boolean.
bool value_is_literal(const Value *value);
/// The text of a literal, as it stands within a longer string; `*length` bytes, in `arena` unless
/// it was there before.
const char *value_literal_text(const Value *value, Arena *arena, size_t *length);
/// The element that `Fn::Select` would take, where CDK takes it at build time already: all
/// elements are literals and the index is one of them. Else NULL.
const Value *value_select_now(const Value *function);
/// The member called `name` of an object, or NULL.
const Value *value_member(const Value *object, const char *name);
/// The same where the member is likely the one with this index: for walks over objects that are
/// alike, which then take linear time.
const Value *value_member_near(const Value *object, size_t index, const char *name);

#endif
