#include "backend.h"

#include <string.h>

#define BACKEND(name, summary, properties, separate, limit, function)                              \
    void function(const Model *model, EmitFiles *files);
#include "backends.def"
#undef BACKEND

static const Backend BACKENDS[] = {
#define BACKEND(name, summary, properties, separate, limit, function)                              \
    {#name, summary, properties, separate, limit, function},
#include "backends.def"
#undef BACKEND
};

const Backend *backend_find(const char *name) {
    for (size_t i = 0; i < sizeof BACKENDS / sizeof *BACKENDS; i++) {
        if (strcmp(BACKENDS[i].name, name) == 0) {
            return &BACKENDS[i];
        }
    }
    return NULL;
}

const char *const *backend_names(void) {
    static const char *const names[] = {
#define BACKEND(name, summary, properties, separate, limit, function) #name,
#include "backends.def"
#undef BACKEND
        NULL};
    return names;
}

const Backend *backend_all(size_t *count) {
    *count = sizeof BACKENDS / sizeof *BACKENDS;
    return BACKENDS;
}
