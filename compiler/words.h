/// Words in names: `ordersHot`, `orders-hot`, `ORDERS_HOT` and `orders hot` are the words orders,
/// hot.
#ifndef DEPOT_WORDS_H
#define DEPOT_WORDS_H

#include "arena.h"

/// orders-hot
char *words_kebab(Arena *arena, const char *text);
/// orders_hot
char *words_snake(Arena *arena, const char *text);
/// ORDERS_HOT
char *words_upper_snake(Arena *arena, const char *text);
/// OrdersHot; only letters and digits of ASCII remain
char *words_pascal(Arena *arena, const char *text);
/// ordersHot
char *words_camel(Arena *arena, const char *text);

#endif
