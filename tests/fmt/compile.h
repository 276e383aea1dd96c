/// Whether a program compiles to the same when it is formatted.
#ifndef DEPOT_COMPILE_H
#define DEPOT_COMPILE_H

/// Compiles the program at `path` to templates, as it is and with all of its files formatted.
/// Returns NULL if templates and the ids of diagnostics are the same, else "law: what differs",
/// g_malloc'ed.
char *compile_judge(const char *path);

#endif
