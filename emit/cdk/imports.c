#include "cdk/imports.h"

#include "cdk/doc.h"
#include "cdk/text.h"

#include <string.h>

typedef struct Import {
    const char *module;
    const char *name;
    const char *local;
} Import;

struct Imports {
    Arena *arena;
    GHashTable *table; ///< a set of Import
    GPtrArray *sorted; ///< of Import, after `imports_settle`
};

static guint import_hash(gconstpointer key) {
    const Import *import = key;
    return g_str_hash(import->module) * 31 + g_str_hash(import->name);
}

static gboolean import_equal(gconstpointer left, gconstpointer right) {
    const Import *a = left;
    const Import *b = right;
    return strcmp(a->module, b->module) == 0 && strcmp(a->name, b->name) == 0;
}

Imports *imports_new(Arena *arena) {
    Imports *imports = g_new(Imports, 1);
    imports->arena = arena;
    imports->table = g_hash_table_new(import_hash, import_equal);
    imports->sorted = g_ptr_array_new();
    return imports;
}

void imports_free(Imports *imports) {
    g_hash_table_unref(imports->table);
    g_ptr_array_unref(imports->sorted);
    g_free(imports);
}

const char *imports_use(Imports *imports, const char *module, const char *name) {
    const Import wanted = {module, name, NULL};
    Import *import = g_hash_table_lookup(imports->table, &wanted);
    if (!import) {
        import = arena_new_object(imports->arena, Import);
        import->module = arena_strndup(imports->arena, module, strlen(module));
        import->name = arena_strndup(imports->arena, name, strlen(name));
        import->local = import->name;
        g_hash_table_add(imports->table, import);
    }
    return import->local;
}

/// Packages before files of the project.
static gint compare_imports(gconstpointer left, gconstpointer right) {
    const Import *a = *(const Import *const *)left;
    const Import *b = *(const Import *const *)right;
    const bool local = a->module[0] == '.';
    const int order =
        local != (b->module[0] == '.') ? (local ? 1 : -1) : strcmp(a->module, b->module);
    return order != 0 ? order : strcmp(a->name, b->name);
}

/// The last part of a module's name in Pascal case, without `aws-` before it: `Events`.
static char *module_word(const char *module) {
    const char *slash = strrchr(module, '/');
    const char *at = slash && slash[1] ? slash + 1 : module;
    if (g_str_has_prefix(at, "aws-")) {
        at += strlen("aws-");
    }
    GString *word = g_string_new(NULL);
    for (bool first = true; *at; at++) {
        if (!g_ascii_isalnum(*at)) {
            first = true;
        } else {
            g_string_append_c(word, first ? g_ascii_toupper(*at) : *at);
            first = false;
        }
    }
    if (word->len == 0 || g_ascii_isdigit(word->str[0])) {
        g_string_prepend_c(word, 'M');
    }
    return g_string_free(word, FALSE);
}

/// `aws_sns`, for the whole of the module `aws-cdk-lib/aws-sns`.
static const char *namespace_name(Arena *arena, const char *module) {
    const char *slash = strrchr(module, '/');
    const char *word = slash && slash[1] ? slash + 1 : module;
    char *name = arena_strndup(arena, word, strlen(word));
    for (char *at = name; *at; at++) {
        *at = g_ascii_isalnum(*at) ? *at : '_';
    }
    return g_ascii_isdigit(*name) ? arena_printf(arena, "_%s", name) : name;
}

static bool is_namespace(const Import *import) {
    return strcmp(import->name, IMPORTS_ALL) == 0;
}

static const char *local_name(const Imports *imports, const Import *import, GHashTable *taken) {
    if (is_namespace(import)) {
        const char *base = namespace_name(imports->arena, import->module), *name = base;
        for (unsigned number = 2; g_hash_table_contains(taken, name); number++) {
            name = arena_printf(imports->arena, "%s%u", base, number);
        }
        return name;
    }
    if (!g_hash_table_contains(taken, import->name)) {
        return import->name;
    }
    g_autofree char *word = module_word(import->module);
    const char *local = arena_printf(imports->arena, "%s%s", word, import->name);
    for (unsigned number = 2; g_hash_table_contains(taken, local); number++) {
        local = arena_printf(imports->arena, "%s%s%u", word, import->name, number);
    }
    return local;
}

void imports_settle(Imports *imports, GHashTable *taken) {
    GHashTableIter iterator;
    gpointer key = NULL;
    g_hash_table_iter_init(&iterator, imports->table);
    while (g_hash_table_iter_next(&iterator, &key, NULL)) {
        g_ptr_array_add(imports->sorted, key);
    }
    g_ptr_array_sort(imports->sorted, compare_imports);
    for (guint i = 0; i < imports->sorted->len; i++) {
        Import *import = imports->sorted->pdata[i];
        import->local = local_name(imports, import, taken);
        g_hash_table_add(taken, (gpointer)import->local);
    }
}

static Doc *specifier(Arena *arena, const Import *import) {
    const bool plain = strcmp(import->name, import->local) == 0;
    return doc_text(arena, plain ? import->name
                                 : arena_printf(arena, "%s as %s", import->name, import->local));
}

/// `import * as aws_sns from "aws-cdk-lib/aws-sns";`
static void print_namespace(const Import *import, GString *out) {
    Arena *arena = arena_new();
    g_string_append_printf(out, "import * as %s from %s;\n", import->local,
                           ts_quoted(arena, import->module, strlen(import->module)));
    arena_free(arena);
}

/// One import statement for the `count` imports of one module.
static void print_module(Import *const *imports, size_t count, GString *out) {
    Arena *arena = arena_new();
    Doc **items = arena_array(arena, Doc *, count * 3);
    Doc *comma = doc_text(arena, ",");
    size_t item_count = 0;
    for (size_t i = 0; i < count; i++) {
        items[item_count++] = i > 0 ? comma : doc_text(arena, "");
        items[item_count++] = doc_line(arena);
        items[item_count++] = specifier(arena, imports[i]);
    }
    Doc *names = doc_concat(arena, doc_text(arena, "{"),
                            doc_indent(arena, doc_list(arena, items, item_count)),
                            doc_if_break(arena, comma, doc_text(arena, ""), NULL), doc_line(arena),
                            doc_text(arena, "}"));
    const char *module = ts_quoted(arena, imports[0]->module, strlen(imports[0]->module));
    Doc *statement =
        doc_concat(arena, doc_text(arena, "import "), doc_group(arena, names, false),
                   doc_text(arena, " from "), doc_text(arena, module), doc_text(arena, ";"));
    // The braces around a single name never break.
    doc_print(statement, 0, count > 1 ? 80 : DOC_NO_LIMIT, out);
    g_string_append_c(out, '\n');
    arena_free(arena);
}

void imports_print(const Imports *imports, GString *out) {
    Import *const *all = (Import *const *)imports->sorted->pdata;
    for (guint from = 0; from < imports->sorted->len;) {
        guint to = from + 1;
        while (to < imports->sorted->len && strcmp(all[to]->module, all[from]->module) == 0) {
            to++;
        }
        if (is_namespace(all[from])) { // it comes before names
            print_namespace(all[from++], out);
        }
        if (from < to) {
            print_module(all + from, to - from, out);
        }
        from = to;
    }
}

void imports_packages(const Imports *imports, GHashTable *packages) {
    for (guint i = 0; i < imports->sorted->len; i++) {
        const char *module = ((const Import *)imports->sorted->pdata[i])->module;
        if (module[0] == '.' || module[0] == '/' || g_str_has_prefix(module, "node:")) {
            continue;
        }
        const char *end = strchr(module, '/');
        if (module[0] == '@' && end) {
            end = strchr(end + 1, '/');
        }
        g_hash_table_add(packages,
                         end ? g_strndup(module, (gsize)(end - module)) : g_strdup(module));
    }
}
