#include "project.h"

#include "check.h"
#include "check_report.h"
#include "operators.h"
#include "path.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

/// A project file while it is read.
typedef struct Reader {
    Compilation *compilation;
    Arena *arena;
    const Construct *construct; ///< the library's `project`
    Project *project;
    const Value **values; ///< by the construct's properties; NULL: not given, or wrong
} Reader;

/// The library's declaration of what a project file may hold.
static const Construct *declaration(Compilation *compilation) {
    return library_construct(compilation->library, names_of(compilation->names, "project"), NULL,
                             false);
}

// Reading the file

/// Takes out what is neither a property nor a constant, with a report.
static void keep_settings(Compilation *compilation, Node *file) {
    Node **link = &file->a;
    while (*link) {
        Node *node = *link;
        if (node->kind == NODE_PROPERTY || node->kind == NODE_LET || node->kind == NODE_ERROR) {
            link = &node->next;
            continue;
        }
        *link = node->next;
        if (node->flags & NODE_BAD) {
            continue;
        }
        Diagnostic *diagnostic =
            diagnostic_add(compilation->diagnostics, DIAG_PROJECT_DECLARATION, node_span(node),
                           node->kind == NODE_SPREAD ? "spread" : node_kind_name(node->kind), NULL);
        diagnostic_help(compilation->diagnostics, diagnostic,
                        "declare it in a `.depot` file; `depotc stdlib project` lists what a "
                        "project file may hold");
    }
}

/// What is known only at deployment is reported where it is written.
typedef struct Deployed {
    Compilation *compilation;
    const Node *node; ///< the innermost of what is around it that the file writes
    const char *what;
    bool found;
} Deployed;

static void report_deployed(const Value *value, void *data) {
    Deployed *outer = data;
    if (!value_is_deploy(value)) {
        return;
    }
    const Source *source =
        value->origin ? compilation_source(outer->compilation, value->origin->file) : NULL;
    Deployed inner = *outer;
    inner.node = source && !source->library ? value->origin : outer->node;
    inner.found = false;
    value_each_child(value, report_deployed, &inner);
    if (!inner.found) {
        report_build_time(outer->compilation, inner.node, outer->what);
    }
    outer->found = true;
}

/// The value of a property as its type wants it, or NULL after a diagnostic.
static const Value *evaluate(Reader *reader, const Node *node, const Property *property,
                             Frame *frame) {
    Compilation *compilation = reader->compilation;
    const char *what = report_quoted(compilation, node->name);
    const Value *value =
        conform(compilation, eval(compilation, node->b, frame), property->type, node->b, what);
    if (value->kind == VALUE_ABSENT || value_contains_error(value)) {
        return NULL;
    }
    /* Only the function behind custom resources may have the account's id in its name. */
    if (value_is_deploy(value) && strcmp(property->name->text, "serviceToken") != 0) {
        Deployed place = {compilation, node->b, what, false};
        report_deployed(value, &place);
        return NULL;
    }
    return value;
}

/// Checks all members and evaluates them.
static void read_members(Reader *reader, Source *source) {
    Compilation *compilation = reader->compilation;
    const Construct *construct = reader->construct;
    MemberContext context = {.properties = construct->properties,
                             .count = construct->property_count,
                             .owner = construct->label,
                             .construct = construct,
                             .members = source->tree->a};
    MemberSet set = {.written = arena_array(reader->arena, const Node *, context.count)};
    keep_settings(compilation, source->tree);
    Scope *scope = scope_of_file(compilation, source);
    for (Node *node = source->tree->a; node; node = node->next) {
        if (node->kind == NODE_LET && node->bound) {
            check_symbol(compilation, node->bound);
        } else if (node->kind == NODE_PROPERTY) {
            check_member(compilation, node, scope, &context, &set);
        }
    }
    Frame *frame = frame_of_file(compilation, source);
    for (Node *node = source->tree->a; node; node = node->next) {
        const Property *property = node->kind == NODE_PROPERTY ? node->bound : NULL;
        if (node->kind == NODE_LET && node->bound) {
            eval_symbol(compilation, node->bound, frame);
        } else if (property && !(node->flags & NODE_BAD)) {
            reader->values[property - construct->properties] =
                evaluate(reader, node, property, frame);
        }
    }
    /* Programs have no part of it: later stages pass over an empty file. */
    source->tree->a = NULL;
}

// From values to the struct

/// The value of the property `name`, or NULL.
static const Value *setting(const Reader *reader, const char *name) {
    const int index =
        construct_property(reader->construct, names_of(reader->compilation->names, name));
    return index < 0 ? NULL : reader->values[index];
}

static const char *text_of(const Reader *reader, const Value *value) {
    return arena_strndup(reader->arena, value->text, value->length);
}

/// Where a value is written.
static Span value_span(const Value *value) {
    return value->origin ? node_span(value->origin) : NO_SPAN;
}

/// Where the name of a member is written.
static Span field_span(const Reader *reader, const Field *field) {
    return field->origin ? node_name_span(reader->compilation, field->origin)
                         : value_span(field->value);
}

/// A path of the file from the working folder; NULL after a diagnostic.
static const char *path_of(const Reader *reader, const Value *value) {
    const char *written = text_of(reader, value);
    const char *folder = reader->project->folder;
    if (strlen(written) != value->length) { /* a NUL in it */
        diagnostic_add(reader->compilation->diagnostics, DIAG_FILE_MISSING, value_span(value),
                       written, NULL);
        return NULL;
    }
    g_autofree char *joined = path_from_folder(reader->compilation->options.files, folder, written);
    const bool allowed =
        compilation_allows_path(reader->compilation, written, joined, value_span(value));
    return allowed ? arena_strndup(reader->arena, joined, strlen(joined)) : NULL;
}

static const ProjectPath *read_paths(const Reader *reader, const char *name, size_t *count) {
    const Value *list = setting(reader, name);
    *count = 0;
    if (!list || !list->count) {
        return NULL;
    }
    ProjectPath *paths = arena_array(reader->arena, ProjectPath, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const char *path = path_of(reader, list->items[i]);
        if (path) {
            paths[(*count)++] = (ProjectPath){path, value_span(list->items[i])};
        }
    }
    return paths;
}

/// Members sorted by name, whatever the order they are written in.
static int by_name(const void *left, const void *right) {
    return strcmp(((const Field *)left)->name->text, ((const Field *)right)->name->text);
}

/// The members of the map `name`, sorted; `*count` of them.
static const Field *read_map(const Reader *reader, const Value *map, size_t *count) {
    *count = map ? map->field_count : 0;
    if (!*count) {
        return NULL;
    }
    Field *fields = arena_array(reader->arena, Field, *count);
    memcpy(fields, map->fields, *count * sizeof *fields);
    qsort(fields, *count, sizeof *fields, by_name);
    return fields;
}

static const ParameterSetting *read_parameters(const Reader *reader, const Value *map,
                                               size_t *count) {
    const Field *fields = read_map(reader, map, count);
    if (!fields) {
        return NULL;
    }
    ParameterSetting *settings = arena_array(reader->arena, ParameterSetting, *count);
    for (size_t i = 0; i < *count; i++) {
        settings[i] = (ParameterSetting){.name = fields[i].name->text,
                                         .origin = "the project",
                                         .value = fields[i].value,
                                         .span = field_span(reader, &fields[i])};
    }
    return settings;
}

static void read_stages(const Reader *reader) {
    Project *project = reader->project;
    const Field *fields = read_map(reader, setting(reader, "stages"), &project->stage_count);
    ProjectStage *stages = arena_array(reader->arena, ProjectStage, project->stage_count + 1);
    for (size_t i = 0; i < project->stage_count; i++) {
        stages[i].name = fields[i].name->text;
        stages[i].parameters = read_parameters(reader, fields[i].value, &stages[i].parameter_count);
    }
    project->stages = stages;
}

/// Reports the second of two targets that would be written into one folder.
static void report_shared_folder(const Reader *reader, const ProjectTarget *first,
                                 const ProjectTarget *second) {
    if (first->span.start > second->span.start) {
        const ProjectTarget *other = first;
        first = second;
        second = other;
    }
    Diagnostic *diagnostic = diagnostic_add(reader->compilation->diagnostics, DIAG_TARGET_FOLDER,
                                            second->span, first->name, second->name, NULL);
    diagnostic_label(reader->compilation->diagnostics, diagnostic, first->span,
                     "this one is written there too");
    diagnostic_help(reader->compilation->diagnostics, diagnostic, "give each a folder of its own");
}

static void read_targets(const Reader *reader) {
    Project *project = reader->project;
    size_t count = 0;
    const Field *fields = read_map(reader, setting(reader, "targets"), &count);
    ProjectTarget *targets = arena_array(reader->arena, ProjectTarget, count + 1);
    g_autoptr(GHashTable) folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < count; i++) {
        const char *folder = path_of(reader, fields[i].value);
        if (!folder) {
            continue;
        }
        ProjectTarget *target = &targets[project->target_count++];
        *target = (ProjectTarget){fields[i].name->text, folder, field_span(reader, &fields[i])};
        char *own = g_canonicalize_filename(folder, "/");
        const ProjectTarget *other = g_hash_table_lookup(folders, own);
        if (other) {
            report_shared_folder(reader, other, target);
        }
        g_hash_table_insert(folders, own, target);
    }
    project->targets = targets;
}

static void read_levels(const Reader *reader) {
    Project *project = reader->project;
    const Field *fields = read_map(reader, setting(reader, "levels"), &project->level_count);
    LevelSetting *levels = arena_array(reader->arena, LevelSetting, project->level_count + 2);
    const char *origin = arena_printf(reader->arena, "`%s`", project->file);
    for (size_t i = 0; i < project->level_count; i++) {
        const char *word = text_of(reader, fields[i].value);
        const Severity severity = strcmp(word, "allow") == 0  ? SEVERITY_OFF
                                  : strcmp(word, "warn") == 0 ? SEVERITY_WARNING
                                                              : SEVERITY_ERROR;
        levels[i] =
            (LevelSetting){fields[i].name->text, severity, origin, field_span(reader, &fields[i])};
    }
    const Value *deny = setting(reader, "denyWarnings");
    if (deny && deny->boolean) {
        levels[project->level_count++] = (LevelSetting){group_name(GROUP_WARNINGS), SEVERITY_ERROR,
                                                        "`denyWarnings`", value_span(deny)};
    }
    project->levels = levels;
}

bool project_is_package(const char *name) {
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "._~-";
    const char *at = name;
    if (*at == '@') { /* `@scope/name` */
        const size_t scope = strspn(at + 1, allowed);
        if (!scope || at[1 + scope] != '/') {
            return false;
        }
        at += scope + 2;
    }
    return *at && *at != '.' && *at != '_' && !at[strspn(at, allowed)] && strlen(name) <= 214;
}

static void read_versions(const Reader *reader) {
    Project *project = reader->project;
    size_t count = 0;
    const Field *fields = read_map(reader, setting(reader, "versions"), &count);
    PackageVersion *versions = arena_array(reader->arena, PackageVersion, count + 1);
    for (size_t i = 0; i < count; i++) {
        const char *package = fields[i].name->text;
        if (!project_is_package(package)) {
            Diagnostic *diagnostic =
                diagnostic_add(reader->compilation->diagnostics, DIAG_PACKAGE_NAME,
                               field_span(reader, &fields[i]), package, NULL);
            diagnostic_help(reader->compilation->diagnostics, diagnostic,
                            "a package is called `name` or `@scope/name`");
            continue;
        }
        versions[project->version_count++] =
            (PackageVersion){package, text_of(reader, fields[i].value)};
    }
    project->versions = versions;
}

/// Whether AWS takes it for the key of a tag (its tagging guide): 1 to 128 letters, digits, spaces
/// and some marks, and what begins with `aws:` is its own.
static bool is_tag_key(const Name *key) {
    if (key->length == 0 || g_ascii_strncasecmp(key->text, "aws:", 4) == 0 ||
        g_utf8_strlen(key->text, -1) > 128) {
        return false;
    }
    for (const char *at = key->text; *at; at = g_utf8_next_char(at)) {
        const gunichar character = g_utf8_get_char(at);
        if (!g_unichar_isalnum(character) && !g_unichar_ismark(character) &&
            !(character < 128 && strchr(" _.:/=+-@", (int)character))) {
            return false;
        }
    }
    return true;
}

static void read_tags(const Reader *reader) {
    const Value *tags = setting(reader, "tags");
    for (size_t i = 0; tags && i < tags->field_count; i++) {
        const Field *tag = &tags->fields[i];
        if (!is_tag_key(tag->name)) {
            Diagnostics *list = reader->compilation->diagnostics;
            Diagnostic *diagnostic =
                diagnostic_add(list, DIAG_TAG_KEY, field_span(reader, tag), tag->name->text, NULL);
            diagnostic_help(list, diagnostic,
                            "letters, digits, spaces and `_ . : / = + - @`, at most 128 of them, "
                            "and not `aws:` at the beginning");
        }
    }
    reader->project->tags = tags && tags->field_count ? tags : NULL;
}

static void fill_project(const Reader *reader) {
    Project *project = reader->project;
    const Value *name = setting(reader, "name");
    project->name = name ? text_of(reader, name) : NULL;
    project->service_token = setting(reader, "serviceToken");
    project->entries = read_paths(reader, "entries", &project->entry_count);
    project->policies = read_paths(reader, "policies", &project->policy_count);
    project->library = read_paths(reader, "library", &project->library_count);
    project->parameters =
        read_parameters(reader, setting(reader, "params"), &project->parameter_count);
    read_targets(reader);
    read_stages(reader);
    read_levels(reader);
    read_tags(reader);
    read_versions(reader);
}

const Project *project_read(Compilation *compilation, const char *path) {
    Arena *arena = compilation->arena;
    Source *source = compilation_add_settings(compilation, path);
    if (!source) {
        return NULL;
    }
    Project *project = arena_new_object(arena, Project);
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *real = files_real(compilation->options.files, folder);
    project->file = source->path;
    project->folder = arena_strndup(arena, folder, strlen(folder));
    project->root = real ? arena_strndup(arena, real, strlen(real)) : project->folder;
    compilation->options.project_root = project->root;
    Reader reader = {.compilation = compilation,
                     .arena = arena,
                     .construct = declaration(compilation),
                     .project = project};
    reader.values = arena_array(arena, const Value *, reader.construct->property_count);
    read_members(&reader, source);
    fill_project(&reader);
    return project;
}

// Using it

void project_add_parts(Compilation *compilation, const Project *project) {
    for (size_t i = 0; i < project->library_count; i++) {
        compilation_add_part(compilation, project->library[i].path, project->library[i].span);
    }
    for (size_t i = 0; i < project->policy_count; i++) {
        compilation_add_part(compilation, project->policies[i].path, project->policies[i].span);
    }
}

void project_add_entries(Compilation *compilation, const Project *project) {
    for (size_t i = 0; i < project->entry_count; i++) {
        compilation_add_entries(compilation, project->entries[i].path, project->entries[i].span);
    }
    if (!project->entry_count) {
        compilation_add_entries(compilation, project->folder, NO_SPAN);
    }
}

const ProjectStage *project_stage(const Project *project, const char *name) {
    for (size_t i = 0; i < project->stage_count; i++) {
        if (strcmp(project->stages[i].name, name) == 0) {
            return &project->stages[i];
        }
    }
    return NULL;
}

bool project_accepts(Compilation *compilation, const char *name, const Value *value,
                     const char **why) {
    const Construct *construct = declaration(compilation);
    const int index = construct_property(construct, names_of(compilation->names, name));
    const Property *property = &construct->properties[index];
    diagnostics_mute(compilation->diagnostics);
    const Value *fitted = conform(compilation, value, property->type, property->node, name);
    diagnostics_unmute(compilation->diagnostics);
    const Type *type = property->type;
    type = type->kind == TYPE_MAP ? type->element : type;
    const Node *node = type->kind == TYPE_NAMED ? type->node : property->node;
    const char *doc =
        node_doc(node, compilation_source(compilation, node->file), compilation->arena);
    *why = doc ? report_sentence(compilation, doc) : NULL;
    return !value_contains_error(fitted);
}
