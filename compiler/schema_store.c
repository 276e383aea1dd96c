#include "schema.h"
void schema_check_stores(Schemas *schemas) {
    (void)schemas;
}
