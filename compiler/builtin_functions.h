/// The functions behind the table in builtins.c. Each takes evaluated arguments of the number that
/// the table allows, and gives a value or, after a diagnostic, VALUE_ERROR.
#ifndef DEPOT_BUILTIN_FUNCTIONS_H
#define DEPOT_BUILTIN_FUNCTIONS_H

#include "builtins.h"

const Value *builtin_string(const BuiltinCall *call);
const Value *builtin_number(const BuiltinCall *call);
const Value *builtin_int(const BuiltinCall *call);
const Value *builtin_bool(const BuiltinCall *call);
const Value *builtin_json(const BuiltinCall *call);
const Value *builtin_length(const BuiltinCall *call);
const Value *builtin_keys(const BuiltinCall *call);
const Value *builtin_values(const BuiltinCall *call);
const Value *builtin_entries(const BuiltinCall *call);
const Value *builtin_merge(const BuiltinCall *call);
const Value *builtin_contains(const BuiltinCall *call);
const Value *builtin_sort(const BuiltinCall *call);
const Value *builtin_unique(const BuiltinCall *call);
const Value *builtin_flatten(const BuiltinCall *call);
const Value *builtin_zip(const BuiltinCall *call);
const Value *builtin_range(const BuiltinCall *call);
const Value *builtin_min(const BuiltinCall *call);
const Value *builtin_max(const BuiltinCall *call);
const Value *builtin_sum(const BuiltinCall *call);
const Value *builtin_any(const BuiltinCall *call);
const Value *builtin_all_of(const BuiltinCall *call);
const Value *builtin_join(const BuiltinCall *call);
const Value *builtin_split(const BuiltinCall *call);
const Value *builtin_replace(const BuiltinCall *call);
const Value *builtin_lower(const BuiltinCall *call);
const Value *builtin_upper(const BuiltinCall *call);
const Value *builtin_kebab(const BuiltinCall *call);
const Value *builtin_snake(const BuiltinCall *call);
const Value *builtin_upper_snake(const BuiltinCall *call);
const Value *builtin_pascal(const BuiltinCall *call);
const Value *builtin_camel(const BuiltinCall *call);
const Value *builtin_trim(const BuiltinCall *call);
const Value *builtin_starts_with(const BuiltinCall *call);
const Value *builtin_ends_with(const BuiltinCall *call);
const Value *builtin_sha256(const BuiltinCall *call);
const Value *builtin_cidr(const BuiltinCall *call);
const Value *builtin_file(const BuiltinCall *call);
const Value *builtin_secret(const BuiltinCall *call);
const Value *builtin_ssm(const BuiltinCall *call);
const Value *builtin_import_value(const BuiltinCall *call);
const Value *builtin_has(const BuiltinCall *call);
const Value *builtin_pascal_keys(const BuiltinCall *call);
const Value *builtin_camel_keys(const BuiltinCall *call);
const Value *builtin_form(const BuiltinCall *call);
const Value *builtin_type_name(const BuiltinCall *call);
const Value *builtin_attribute_name(const BuiltinCall *call);
const Value *builtin_attribute_type(const BuiltinCall *call);
const Value *builtin_attribute_key(const BuiltinCall *call);
const Value *builtin_parts(const BuiltinCall *call);
const Value *builtin_ref(const BuiltinCall *call);
const Value *builtin_att(const BuiltinCall *call);
const Value *builtin_construct_id(const BuiltinCall *call);
const Value *builtin_logical_id(const BuiltinCall *call);
const Value *builtin_member(const BuiltinCall *call);
const Value *builtin_symbol(const BuiltinCall *call);
const Value *builtin_invoke(const BuiltinCall *call);
const Value *builtin_construct(const BuiltinCall *call);
const Value *builtin_method(const BuiltinCall *call);
const Value *builtin_chain(const BuiltinCall *call);
const Value *builtin_pseudo(const BuiltinCall *call);

/// Text of argument `index`, NUL-terminated in the arena; NULL after a diagnostic.
/// The frame of the resource whose library expression the call stands in, or NULL.
Frame *builtin_home(const BuiltinCall *call);
const char *builtin_text(const BuiltinCall *call, size_t index);
/// Reports that argument `index` is not what the function takes; gives VALUE_ERROR.
const Value *builtin_report(const BuiltinCall *call, size_t index, const char *expected);

#endif
