/// What other languages write where nothing of the name is declared here: `None`, `True`,
/// `props.name`, text without quotes.
#ifndef DEPOT_CHECK_WORDS_H
#define DEPOT_CHECK_WORDS_H

#include "check.h"

/// Reports the unknown name `node` (NODE_NAME) if it is a word of another language. `expected` is
/// what the context wants, or NULL. False: it is none, and nothing was reported.
bool check_foreign_word(Compilation *compilation, const Node *node, const Type *expected);
/// `true` or `false` if that is what `word` says elsewhere ("yes", "Off"); else NULL. `quoted`: it
/// stands in quotes where a truth value is wanted, and more words say it then.
const char *check_truth_word(const char *word, bool quoted);
/// Reports `node` (NODE_BINARY) if it is text that lacks its quotes, such as `eu-west-1`: nothing
/// parts its words, and names in it stand for nothing that can be computed with.
bool check_unquoted(Compilation *compilation, const Node *node, Scope *scope);

#endif
