/// The rules that constructs declare, on every resource, and the policies of users' files.
#include "check.h"
#include "passes.h"
#include "rules.h"
#include "user_library.h"

static void judge_all(Compilation *compilation, Resource *resource) {
    const DiagnosticTrail *before = resource_enter(compilation, resource);
    for (const Rule *rule = resource->construct->rules; rule; rule = rule->next) {
        const Judgement judgement = {.compilation = compilation,
                                     .resource = resource,
                                     .rule = rule,
                                     .frame = resource->expressions,
                                     .when = rule->node->a->c};
        rule_judge(&judgement);
    }
    resource_leave(compilation, before);
}

void pass_rules(Compilation *compilation) {
    Program *program = compilation->program;
    for (size_t i = 0; i < program->container_count; i++) {
        Resource *container = program->containers[i];
        judge_all(compilation, container);
        for (size_t m = 0; m < container->member_count; m++) {
            judge_all(compilation, container->members[m]);
        }
    }
}

/// Whether the policy is about this resource. One for an environment is about those that the
/// program declares: of one that exists already only the id is known.
static bool is_about(const Policy *policy, const Resource *resource) {
    const Construct *construct = resource->construct;
    return construct->kind == policy->kind && !construct->existing &&
           (!policy->construct || construct_is(construct, policy->construct));
}

/// All policies on one resource. `frames` has one for each, which serves all resources.
static void judge_policies(Compilation *compilation, Frame **frames, Resource *resource) {
    size_t count = 0;
    const Policy *policies = user_library_policies(compilation->user_library, &count);
    Value *subject = NULL;
    const DiagnosticTrail *before = resource_enter(compilation, resource);
    for (size_t i = 0; i < count; i++) {
        const Policy *policy = &policies[i];
        if (!policy->scope || !is_about(policy, resource)) { // without: something is wrong with it
            continue;
        }
        if (!subject) {
            subject = value_new(compilation->arena, VALUE_RESOURCE, NULL);
            subject->resource = resource;
        }
        if (!frames[i]) {
            frames[i] =
                frame_new(compilation, policy->scope, frame_of_file(compilation, policy->source));
        }
        frames[i]->slots[policy->scope->first->slot] = subject;
        const Judgement judgement = {.compilation = compilation,
                                     .resource = resource,
                                     .rule = policy->rule,
                                     .frame = frames[i],
                                     .subject = policy->scope->first,
                                     .when = policy->rule->node->a->c->c};
        rule_judge(&judgement);
    }
    resource_leave(compilation, before);
}

void pass_policies(Compilation *compilation) {
    const Program *program = compilation->program;
    size_t count = 0;
    user_library_policies(compilation->user_library, &count);
    if (!count) {
        return;
    }
    Frame **frames = arena_array(compilation->arena, Frame *, count);
    for (size_t i = 0; i < program->container_count; i++) {
        Resource *container = program->containers[i];
        judge_policies(compilation, frames, container);
        for (size_t m = 0; m < container->member_count; m++) {
            judge_policies(compilation, frames, container->members[m]);
        }
    }
}
