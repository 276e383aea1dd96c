/// A model as text, for goldens and for people who debug.
#ifndef DEPOT_MODEL_DUMP_H
#define DEPOT_MODEL_DUMP_H

#include "model.h"

struct _GString;

/// Appends `model` to `out`, a line per fact, in the model's own order.
void model_dump(const Model *model, struct _GString *out);

#endif
