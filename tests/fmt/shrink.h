/// From a text that breaks a law to a short one.
#ifndef DEPOT_SHRINK_H
#define DEPOT_SHRINK_H

#include <glib.h>
#include <stdbool.h>

/// Whether a text still breaks the law.
typedef bool (*ShrinkTest)(const GString *text, void *data);

/// Leaves lines and then pieces of lines out of `text` as long as `test` holds, for about two
/// seconds at most.
void shrink(GString *text, ShrinkTest test, void *data);

#endif
