/// Templates of `depotc new`: what a new repository is made of, and how it is made of that.
///
/// A template is a folder with a file `template.json` and the files of the repository, with
/// variables in them; docs/new.md describes both. Those of depotc are in stdlib/templates. Texts
/// are UTF-8. Grouped by source file.
#ifndef DEPOT_CLI_TEMPLATE_H
#define DEPOT_CLI_TEMPLATE_H

#include "cli.h"

// template.c

/// Something that may be chosen for a new project.
typedef struct TemplateSetting {
    char *name;     ///< as in `--set NAME=VALUE`
    char *question; ///< for whoever is asked at a terminal
    char **values;  ///< what it may be, or NULL: any text
    char **chosen;  ///< what it is unless it is set; one value, or any number if `many`
    bool many;
    bool required; ///< `many`, but at least one
} TemplateSetting;

/// A file of a template.
typedef struct TemplateFile {
    char *path; ///< from the new project's folder, with "/"; may hold variables
    char *text;
    size_t length;
    bool executable;
} TemplateFile;

/// A template with what it has of its base.
typedef struct Template {
    char *name;
    char *summary;       ///< one line, or NULL
    char *about;         ///< a paragraph for the README; "" without one
    char **stages;       ///< those of a project that chooses none
    GPtrArray *settings; ///< TemplateSetting, the template's own before those of its base
    GPtrArray *files;    ///< TemplateFile
} Template;

/// The names of depotc's own templates, in their order; freed with g_strfreev.
char **template_names(void);
/// One of these, or NULL. Freed by `template_free`.
Template *template_builtin(const char *name);
/// The template in a folder of the disk. NULL after a diagnostic (D0122) in `failure`.
Template *template_read(Compilation *failure, const char *folder);
void template_free(Template *template);
/// The setting called `name`, or NULL.
TemplateSetting *template_setting(const Template *template, const char *name);

// template_expand.c

/// The values of variables: name → char **. Owns both.
GHashTable *template_values_new(void);
/// Sets a variable to one value, or to a list of them (copied).
void template_values_set(GHashTable *values, const char *name, const char *value);
void template_values_set_list(GHashTable *values, const char *name, char **list);
/// Appends `text` to `out`, with the values of variables in their place. False: `*cause` says in
/// which line what is wrong; the caller frees it.
bool template_expand(const char *text, GHashTable *values, GString *out, char **cause);

// plan.c

/// A file that a new project gets.
typedef struct PlannedFile {
    char *path; ///< from the project's folder, with "/"
    char *text;
    size_t length;
    bool executable;
    bool kept; ///< something stands there: it stays, and this is not written
} PlannedFile;

/// What is to be written.
typedef struct Plan {
    char *folder;
    GPtrArray *files;  ///< PlannedFile, sorted by path
    size_t kept_count; ///< how many of them are kept
    bool occupied;     ///< there is something in the folder
} Plan;

/// Makes the files of `template`, formatted, for `folder`. False after a diagnostic in `failure`.
/// Nothing is written. Always `plan_clear`.
bool plan_make(Plan *plan, Compilation *failure, const Template *template, GHashTable *values,
               const char *folder);
/// Writes what is not kept: never over a file that is there, and nothing at all if one of them
/// cannot be written. False after a diagnostic (D5001 and its like) in `failure`.
bool plan_write(const Plan *plan, Compilation *failure);
void plan_clear(Plan *plan);

// ask.c

/// Whether somebody can be asked: standard input and standard error are a terminal.
bool ask_possible(void);
/// What is typed after `question`, or `standard` (may be NULL: then something must be typed).
/// NULL: the input has ended. The caller frees it.
char *ask_text(const char *question, const char *standard);
/// One, or if `many` any number (but none only unless `required`), of `values`, by name or number.
/// `hints` (or NULL) says what each is. NULL: the input has ended. Freed with g_strfreev.
char **ask_choice(const char *question, char **values, char **hints, char **standard, bool many,
                  bool required);
/// Yes or no. `*ended`: the input has ended.
bool ask_yes(const char *question, bool standard, bool *ended);

#endif
