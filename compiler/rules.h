/// Judging rules: those of constructs, and policies.
#ifndef DEPOT_RULES_H
#define DEPOT_RULES_H

#include "program.h"

/// A rule about one resource.
typedef struct Judgement {
    Compilation *compilation;
    Resource *resource;
    const Rule *rule;
    Frame *frame;          ///< of its expressions
    const Symbol *subject; ///< the name that stands for the resource; NULL: properties have names
    const Node *when;      ///< its condition, or NULL
} Judgement;

/// Reports every requirement that is not met. What depends on a value known only at deployment, or
/// speaks of a property that is wrong already, is not judged.
void rule_judge(const Judgement *judgement);

#endif
