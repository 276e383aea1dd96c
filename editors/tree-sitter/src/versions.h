/// Macros that parser.c needs as tree-sitter 0.22 has them, for a "parser.h" of an older version.
#ifndef DEPOT_TREE_SITTER_VERSIONS_H
#define DEPOT_TREE_SITTER_VERSIONS_H

/// Pairs of a character and the state that it leads to.
#ifndef ADVANCE_MAP
#define ADVANCE_MAP(...)                                                                           \
    {                                                                                              \
        static const uint16_t pairs[] = {__VA_ARGS__};                                             \
        for (uint32_t pair = 0; pair < sizeof pairs / sizeof *pairs; pair += 2) {                  \
            if (pairs[pair] == lookahead) {                                                        \
                state = pairs[pair + 1];                                                           \
                goto next_state;                                                                   \
            }                                                                                      \
        }                                                                                          \
    }
#endif

/// Older ones name the last two.
#undef REDUCE
#define REDUCE(symbol_name, children, precedence, production)                                      \
    {                                                                                              \
        {                                                                                          \
            .reduce = {.type = TSParseActionTypeReduce,                                            \
                       .symbol = symbol_name,                                                      \
                       .child_count = children,                                                    \
                       .dynamic_precedence = precedence,                                           \
                       .production_id = production},                                               \
        }                                                                                          \
    }

#endif
