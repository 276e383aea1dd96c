/// Migrations: each leads from the version that is deployed to the one being deployed, in one step.
#include "edit.h"
#include "library.h"
#include "schema.h"

#include <string.h>

/// False if the version is given, and wrong: then nothing more is said of it.
static bool read_version(const Document *document, const char *key, int64_t least, bool *has,
                         int64_t *version) {
    const Document *member = document_member(document, key);
    *has = member && document_integer(member, version) && *version >= least;
    return *has || !member;
}

static void find_target(Schemas *schemas, SchemaSet *set, Migration *migration) {
    const Document *place = document_member(migration->document, "target");
    if (!place || place->kind != DOCUMENT_SCALAR || document_is_null(place)) {
        return;
    }
    migration->target_place = place;
    Schema *nobody = arena_new_object(schemas->compilation->arena, Schema);
    *nobody = (Schema){.set = set, .name = "", .path = "", .last = ""};
    migration->target = schema_resolve(schemas, nobody, place, place->text, false);
}

static void read_one(Schemas *schemas, SchemaSet *set, const Document *document) {
    Compilation *compilation = schemas->compilation;
    const Type *type =
        library_type(compilation->library, names_of(compilation->names, "migrationDocument"));
    if (!type) {
        return;
    }
    schema_check_value(schemas, NULL, document, type, "a migration");
    if (document->kind != DOCUMENT_MAP) {
        return;
    }
    Migration *migration = arena_new_object(compilation->arena, Migration);
    migration->document = document;
    find_target(schemas, set, migration);
    if (!read_version(document, "fromVersion", 0, &migration->has_from, &migration->from) ||
        !read_version(document, "toVersion", 1, &migration->has_to, &migration->to)) {
        return;
    }
    if (set->last_migration) {
        set->last_migration->next = migration;
    } else {
        set->migrations = migration;
    }
    set->last_migration = migration;
}

void schema_read_migrations(Schemas *schemas, SchemaSet *set, const Document *document) {
    bool many = document->kind == DOCUMENT_LIST;
    if (document->kind == DOCUMENT_MAP && document->first && !document_member(document, "target")) {
        many = true; /* migrations by names */
        for (const Document *one = document->first; one; one = one->next) {
            many = many && one->kind == DOCUMENT_MAP && document_member(one, "target");
        }
    }
    for (const Document *one = many ? document->first : document; one;
         one = many ? one->next : NULL) {
        read_one(schemas, set, one);
    }
}

static Span place_of(const Migration *migration, const char *key) {
    const Document *member = document_member(migration->document, key);
    return member ? member->span : migration->target_place->span;
}

static Span version_place(const Schema *schema) {
    return schema->version_place ? schema->version_place->span : schema->span;
}

/// Whether another migration of the same target goes on where this one ends; reports it.
static bool check_chain(Schemas *schemas, const SchemaSet *set, const Migration *migration) {
    for (const Migration *other = set->migrations; other; other = other->next) {
        if (other == migration || other->target != migration->target || !other->has_from ||
            other->from != migration->to) {
            continue;
        }
        Compilation *compilation = schemas->compilation;
        Diagnostics *list = compilation->diagnostics;
        Diagnostic *diagnostic = diagnostic_add(
            list, DIAG_MIGRATION_CHAIN, place_of(migration, "toVersion"), migration->target->name,
            arena_printf(compilation->arena, "%lld", (long long)migration->to), NULL);
        diagnostic_label(list, diagnostic, place_of(other, "fromVersion"), "goes on from there");
        diagnostic_help(list, diagnostic,
                        "Depot chains no migrations: write one that leads straight to version %lld",
                        (long long)migration->target->version);
        return true;
    }
    return false;
}

static void check_to(Schemas *schemas, const SchemaSet *set, const Migration *migration) {
    const Schema *target = migration->target;
    if (migration->to == target->version || check_chain(schemas, set, migration)) {
        return;
    }
    Compilation *compilation = schemas->compilation;
    Diagnostics *list = compilation->diagnostics;
    Diagnostic *diagnostic = diagnostic_add(
        list, DIAG_MIGRATION_TO, place_of(migration, "toVersion"),
        arena_printf(compilation->arena, "%lld", (long long)migration->to), target->name,
        arena_printf(compilation->arena, "%lld", (long long)target->version), NULL);
    diagnostic_label(list, diagnostic, version_place(target),
                     target->version_place ? "the version of the schema"
                                           : "a schema without `version` has version 1");
    diagnostic_help(
        list, diagnostic,
        "a migration leads to the version that is being deployed: change one of the two");
    edit_offer_text(compilation, diagnostic, FIX_MAYBE, place_of(migration, "toVersion"),
                    arena_printf(compilation->arena, "%lld", (long long)migration->to),
                    arena_printf(compilation->arena, "%lld", (long long)target->version));
}

static void check_from(Schemas *schemas, const SchemaSet *set, const Migration *migration) {
    Compilation *compilation = schemas->compilation;
    Diagnostics *list = compilation->diagnostics;
    if (migration->from >= migration->to) {
        Diagnostic *diagnostic = diagnostic_add(
            list, DIAG_MIGRATION_FROM, place_of(migration, "fromVersion"),
            arena_printf(compilation->arena, "%lld", (long long)migration->from),
            arena_printf(compilation->arena, "%lld", (long long)migration->to), NULL);
        diagnostic_help(list, diagnostic,
                        "`fromVersion` is the version that is deployed, and less than `toVersion`");
    }
    for (const Migration *other = set->migrations; other != migration; other = other->next) {
        if (other->target != migration->target || other->from != migration->from) {
            continue;
        }
        Diagnostic *diagnostic = diagnostic_add(
            list, DIAG_MIGRATION_TWICE, place_of(migration, "fromVersion"), migration->target->name,
            arena_printf(compilation->arena, "%lld", (long long)migration->from), NULL);
        diagnostic_label(list, diagnostic, place_of(other, "fromVersion"), "first here");
        diagnostic_help(list, diagnostic, "make one migration of the two");
        return;
    }
}

/// What is computed should be a property of the new version.
static void check_properties(Schemas *schemas, const Migration *migration) {
    const Document *properties = document_member(migration->document, "properties");
    if (!properties || properties->kind != DOCUMENT_MAP || schema_is_open(migration->target)) {
        return;
    }
    Diagnostics *list = schemas->compilation->diagnostics;
    for (const Document *one = properties->first; one; one = one->next) {
        if (schema_property(migration->target, one->key->text) || !strcmp(one->key->text, "id")) {
            continue;
        }
        Similar similar;
        similar_begin(&similar, one->key->text);
        for (const SchemaProperty *property = migration->target->properties; property;
             property = property->next) {
            similar_offer(&similar, property->key->text);
        }
        Diagnostic *diagnostic = diagnostic_add(list, DIAG_MIGRATION_PROPERTY, one->key->span,
                                                migration->target->name, one->key->text, NULL);
        const char *best = similar_best(&similar);
        if (best) {
            diagnostic_help(list, diagnostic, "a property with a similar name exists: `%s`", best);
            diagnostic_fix(list, diagnostic, FIX_MAYBE, one->key->span, best, "replace with `%s`",
                           best);
        } else {
            diagnostic_help(list, diagnostic,
                            "a migration computes properties of the version that it leads to");
        }
    }
}

void schema_check_migrations(Schemas *schemas, SchemaSet *set) {
    for (Migration *migration = set->migrations; migration; migration = migration->next) {
        if (!migration->target || !migration->target->type) {
            continue;
        }
        if (migration->has_to) {
            check_to(schemas, set, migration);
            check_from(schemas, set, migration);
        }
        check_properties(schemas, migration);
    }
}
