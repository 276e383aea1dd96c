/// One comment, read as a suppression: `// depotc-allow D3104, D1130: reason`.
#ifndef DEPOT_SUPPRESSION_COMMENT_H
#define DEPOT_SUPPRESSION_COMMENT_H

#include "compilation.h"

/// An id, or the name of a group, in a suppression.
typedef struct SuppressedId {
    const char *code; ///< as it is called today
    Span span;
    bool errors; ///< an error by itself, of a user's own rule, may be suppressed too
    bool bad;    ///< a diagnostic stands for it
    bool used;   ///< it has suppressed something
} SuppressedId;

/// What a comment says.
typedef struct SuppressionComment {
    bool whole_file;
    SuppressedId *ids;
    size_t id_count;
    const char *reason;  ///< NULL: none is given
    const char *problem; ///< what is wrong with its form, or NULL; the rest is what was meant
    const char *written; ///< the comment in the right form, or NULL without an id
} SuppressionComment;

/// Reads the comment at `span`, which begins with `sign` ("//" or "#", or what else begins a
/// comment). False if it is another kind of comment.
bool suppression_comment_read(Compilation *compilation, const Source *source, Span span,
                              const char *sign, SuppressionComment *comment);

#endif
