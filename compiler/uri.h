/// Paths as URIs.
#ifndef DEPOT_URI_H
#define DEPOT_URI_H

/// `path` as a URI: a relative one stays relative, an absolute one becomes `file:///…`. Bytes that
/// a URI cannot hold are percent-encoded. The caller frees it.
char *uri_of_path(const char *path);

#endif
