#include "selftest.h"

#include "judge.h"

#include <stdio.h>
#include <string.h>

/// What becomes what, and the law that this breaks; NULL: none.
static const struct {
    const char *law;
    const char *before;
    const char *after;
} rows[] = {
    {NULL, "let a = 1\n", "let a = 1\n"},
    {NULL, "a b { c: 1, d: 2 }", "a b {\n  c: 1\n  d: 2\n}\n"},
    {NULL, "let a = {'b': 'c'}", "let a = { b: \"c\" }\n"},
    {NULL, "let a = 'say \"b\"'", "let a = \"say \\\"b\\\"\"\n"},
    {NULL, "type A = 'b' | 'c'", "type A =\n  | \"b\"\n  | \"c\"\n"},
    {NULL, "let a = 1\n\n\n\nlet b = 2", "let a = 1\n\nlet b = 2\n"},
    {NULL, "a b {\n\n  c: 1\n\n}\n", "a b {\n  c: 1\n}\n"},
    {NULL, "let a = 1, // b\nlet c = 2", "let a = 1 // b\nlet c = 2\n"},
    {NULL, "let a = 1, /* b */ let c = 2", "let a = 1\n/* b */ let c = 2\n"},
    {NULL, "let a = [ // b\n1]", "let a = [\n  // b\n  1\n]\n"},
    {NULL, "let a = = 1\n", "let a = = 1\n"},
    {"tokens", "let a = 1\n", "let a = 2\n"},
    {"tokens", "let a = 1\n", "\n"},
    {"tokens", "let a = 1\n", "let a = 1\nlet b = 2\n"},
    {"tokens", "let a = (b)\n", "let a = b\n"},
    {"tokens", "let a = \"b\"\n", "let a = \"c\"\n"},
    {"tokens", "let a = \"\\\\b\"\n", "let a = \"b\"\n"},
    {"tokens", "let a = = 1\n", "let a = = 2\n"},
    {"tree", "let a = \"\"\"\n  b\n  \"\"\"\n", "let a = \"\"\"\n  b\n\"\"\"\n"},
    {"diagnostics", "let a = 1\nlet b = 2\n", "let a = 1 let b = 2\n"},
    {"diagnostics", "let a = = 1\n", "let a = 1\n"},
    {"comments", "// b\nlet a = 1\n", "// c\nlet a = 1\n"},
    {"comments", "// b\nlet a = 1\n", "let a = 1\n"},
    {"comments", "// b\nlet a = 1\n", "let a // b\n= 1\n"},
    {"attachment", "let a = 1\n// b\nlet c = 2\n", "let a = 1 // b\nlet c = 2\n"},
    {"attachment", "let a = 1 // b\nlet c = 2\n", "let a = 1\n// b\nlet c = 2\n"},
    {"attachment", "/* b */ let a = 1\n", "/* b */\nlet a = 1\n"},
    {"attachment", "f g {\n  a: [\n    1, // b\n  ]\n}\n",
     "f g {\n  a: [\n    1\n    // b\n  ]\n}\n"},
    {"blank lines", "let a = 1\n\nlet b = 2\n", "let a = 1\nlet b = 2\n"},
    {"blank lines", "let a = 1\nlet b = 2\n", "let a = 1\n\nlet b = 2\n"},
    {"blank lines", "// a\n\n// b\n", "// a\n// b\n"},
    {"blank lines", "a b {\n  c: 1\n}\n", "a b {\n\n  c: 1\n}\n"},
    {"blank lines", "a b {\n  c: 1\n}\n", "a b {\n  c: 1\n\n}\n"},
    {"blank lines", "let a = [\n  1,\n\n  2\n]\n", "let a = [1, 2]\n"},
    {"white space", "let a = 1\n", "let a = 1"},
    {"white space", "let a = 1\n", "let a = 1 \n"},
    {"white space", "let a = 1\n", "let a =\t1\n"},
    {"white space", "let a = 1\n", "\nlet a = 1\n"},
    {"white space", "let a = 1\n", "let a = 1\n\n"},
    {"white space", "let a = 1\n\nlet b = 1\n", "let a = 1\n\n\nlet b = 1\n"},
    {"white space", "// a \nlet b = 1\n", "// a \nlet b = 1\n"},
};

static bool is_found(const char *law, const char *failure) {
    return law == NULL || failure == NULL
               ? law == failure
               : strncmp(failure, law, strlen(law)) == 0 && failure[strlen(law)] == ':';
}

void selftest_run(size_t *passed, size_t *failed) {
    for (size_t index = 0; index < G_N_ELEMENTS(rows); ++index) {
        g_autoptr(GString) before = g_string_new(rows[index].before);
        g_autoptr(GString) after = g_string_new(rows[index].after);
        g_autofree char *failure = judge_pair(before, after, JUDGE_PROGRAM);
        if (is_found(rows[index].law, failure)) {
            ++*passed;
            continue;
        }
        ++*failed;
        printf("FAILED the judge: of %s, which becomes %s, it says %s\n", before->str, after->str,
               failure != NULL ? failure : "nothing");
    }
}
