/// What changes between two CloudFormation templates, resource by resource.
///
/// It looks at parsed JSON and knows the sections of a template, no resources.
#ifndef DEPOT_TEMPLATE_DIFF_H
#define DEPOT_TEMPLATE_DIFF_H

#include <stdbool.h>
#include <stddef.h>

struct cJSON;
struct _GPtrArray;
struct _GString;

typedef enum TemplateChangeKind {
    TEMPLATE_ADDED,
    TEMPLATE_REMOVED,
    TEMPLATE_CHANGED
} TemplateChangeKind;

/// A value inside of something that is in both templates.
typedef struct TemplateValueChange {
    char *path;                    ///< "Properties.Name", "Properties.Rules[2].Id"
    const struct cJSON *old_value; ///< NULL: there was none
    const struct cJSON *new_value; ///< NULL: there is none any more
} TemplateValueChange;

/// A resource, parameter, output or other member of a section that differs.
typedef struct TemplateChange {
    TemplateChangeKind kind;
    const char *section; ///< "Resources"; a member of the template that is no section: ""
    const char *id;      ///< its logical id
    const char *type;    ///< of resources, as the new template has it, or the old one; or NULL
    struct _GPtrArray *values; ///< TemplateValueChange, in the order of the new template; empty
                               ///< unless TEMPLATE_CHANGED
} TemplateChange;

/// What differs between `old_template` and `new_template`: resources first, then parameters,
/// outputs, and the rest; in each sorted by logical id. The order of members never counts, that of
/// lists does. The templates must live as long as the result; `template_diff_free` frees it.
struct _GPtrArray *template_diff(const struct cJSON *old_template,
                                 const struct cJSON *new_template);
void template_diff_free(struct _GPtrArray *changes);

/// The changes as text: a line `+ Type Id`, `- Type Id` or `~ Type Id` each, and below the last
/// kind a line per value. Each line begins with `indent` and ends with a newline.
void template_diff_print(const struct _GPtrArray *changes, const char *indent,
                         struct _GString *out);

#endif
