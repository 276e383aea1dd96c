// Nodes of declarations, of the library's own ones, and of mistakes that are understood.

#include "parser.h"

static uint32_t higher(uint32_t a, uint32_t b) {
    return a > b ? a : b;
}

static uint32_t height_of(const Node *node) {
    return node != NULL ? node_height(node) : 0;
}

Node *declare(Parser *parser, NodeKind kind, const Token *start, const Name *name, Node *a, Node *b,
              uint32_t end) {
    Node *node = build_node(parser, kind, start->start, end);
    node->name = name;
    node->a = a;
    node->b = b;
    node->flags |= higher(height_of(a), height_of(b)) << 16;
    return node;
}

/// Takes the decorators off the end of a type: `name: A | B @docs("…")` decorates the property.
static Node *take_decorators(Node **type) {
    Node *last = *type;
    if (last == NULL) {
        return NULL;
    }
    Node *before = NULL;
    if (last->kind == NODE_TYPE_UNION) {
        Node *whole = last;
        for (last = whole->a; last->next != NULL; last = last->next) {
            before = last;
        }
        if (last->end != whole->end) {
            return NULL; // in parentheses
        }
    }
    Node *decorators = last->c;
    Node *plain = last;
    if (last->kind == NODE_TYPE_DECORATED) {
        plain = last->a;
    } else if ((last->kind == NODE_TYPE_LITERAL || last->kind == NODE_TYPE_CASE) &&
               decorators != NULL) {
        plain->c = NULL;
        plain->end = last->kind == NODE_TYPE_LITERAL ? plain->a->end : plain->end;
    } else {
        return NULL;
    }
    if (before != NULL) {
        before->next = plain;
        (*type)->end = plain->end;
    } else {
        *type = plain;
    }
    return decorators;
}

static NodeList list_from(Node *first) {
    NodeList list = list_empty();
    while (first != NULL) {
        Node *next = first->next;
        list = list_append(list, first);
        first = next;
    }
    return list;
}

Node *declare_property(Parser *parser, const Token *name, bool optional, Node *type, Node *value,
                       NodeList decorators) {
    uint32_t end = decorators.last != NULL ? decorators.last->end
                   : value != NULL         ? value->end
                   : type != NULL          ? type->end
                                           : name->end;
    NodeList all = list_join(list_from(take_decorators(&type)), decorators);
    Node *node = declare(parser, NODE_PROPERTY_DECL, name,
                         names_get(parser->compilation->names, name->name), type, value, end);
    node->c = all.first;
    node->flags |= optional ? NODE_OPTIONAL : 0U;
    return node;
}

Node *declare_typed(Parser *parser, NodeKind kind, const Token *start, const Token *name,
                    Node *type, Node *value) {
    uint32_t end = value != NULL ? value->end : type != NULL ? type->end : name->end;
    Node *decorators = take_decorators(&type);
    Node *node = declare(parser, kind, start, names_get(parser->compilation->names, name->name),
                         type, value, end);
    node->c = decorators;
    return node;
}

Node *declare_resource_head(Parser *parser, const Token *kind, const Token *name, Node *key,
                            Node *type) {
    // The key's closing bracket is not known here; the head ends with what is.
    uint32_t end = type != NULL ? type->end : key != NULL ? key->end : name->end;
    Node *node = declare(parser, NODE_RESOURCE_HEAD, kind,
                         names_get(parser->compilation->names, kind->name), key, type, end);
    node->c = build_label(parser, name);
    return node;
}

Node *declare_resource(Parser *parser, const Token *existing, Node *head, Node *block) {
    Node *node = build_node(parser, NODE_RESOURCE, existing != NULL ? existing->start : head->start,
                            block->end);
    node->name = head->c->name;
    node->a = head;
    node->b = block;
    node->flags |= existing != NULL ? NODE_EXISTING : 0U;
    node->flags |= higher(node_height(head), node_height(block)) << 16;
    return node;
}

Node *declare_quoted_type(Parser *parser, Node *text) {
    Node *node = build_node(parser, NODE_TYPE_NAME, text->start, text->end);
    node->name =
        names_intern(parser->compilation->names, text->length ? text->text : "", text->length);
    node->flags |= NODE_QUOTED;
    return node;
}

Node *declare_quoted_name(Parser *parser, Node *kind, Node *text) {
    kind->name = names_of(
        parser->compilation->names,
        arena_printf(parser->arena, "%s.%.*s", kind->name->text, (int)text->length, text->text));
    kind->end = text->end;
    kind->flags |= NODE_QUOTED;
    return kind;
}

Node *declare_signature(Parser *parser, const Token *opener, NodeList parameters,
                        const Token *closer) {
    Node *node = declare(parser, NODE_SIGNATURE, opener, NULL, parameters.first, NULL, closer->end);
    node->flags |= parameters.height << 16;
    return node;
}

Node *declare_result(Node *signature, Node *type) {
    if (type != NULL) {
        signature->b = type;
        signature->end = type->end;
        signature->flags |= higher(node_height(signature), node_height(type)) << 16;
    }
    return signature;
}

Node *declare_fn(Parser *parser, const Token *start, const Token *name, Node *signature,
                 Node *value) {
    return declare(parser, NODE_FN, start, names_get(parser->compilation->names, name->name),
                   signature, value, value->end);
}

Node *declare_use_head(Parser *parser, const Token *start, Node *module, const Token *name,
                       Node *key) {
    Node *head = declare(parser, NODE_USE_HEAD, start, NULL, key, module,
                         key != NULL ? key->end : name->end);
    head->c = build_label(parser, name);
    return head;
}

Node *declare_use(Parser *parser, Node *head, Node *block) {
    Node *node = build_node(parser, NODE_USE, head->start, block != NULL ? block->end : head->end);
    node->name = head->c->name;
    node->a = head;
    node->b = block;
    node->flags |= higher(node_height(head), height_of(block)) << 16;
    return node;
}

Node *declare_construct(Parser *parser, const Token *existing, const Token *start, Node *name,
                        Node *block) {
    Node *node = declare(parser, NODE_CONSTRUCT, existing != NULL ? existing : start, name->name,
                         NULL, block, block->end);
    node->flags |= existing != NULL ? NODE_EXISTING : 0U;
    return node;
}

Node *declare_rule_head(Parser *parser, const Token *start, Node *id, Node *message, Node *subject,
                        Node *when) {
    Node *last = when != NULL ? when : subject != NULL ? subject : message;
    Node *head = declare(parser, NODE_RULE_HEAD, start, NULL, id, message, last->end);
    if (subject == NULL) {
        head->c = when;
        return head;
    }
    subject->c = when;
    subject->end = last->end;
    head->c = subject;
    return head;
}

Node *declare_clause(Parser *parser, const Token *name, Node *head, Node *object) {
    return declare(parser, NODE_CLAUSE, name, names_get(parser->compilation->names, name->name),
                   head, object, object->end);
}

Node *declare_decorator(Parser *parser, const Token *at, const Token *name, NodeList arguments,
                        const Token *closer) {
    Node *node =
        declare(parser, NODE_DECORATOR, at, names_get(parser->compilation->names, name->name),
                arguments.first, NULL, closer->end);
    node->flags = arguments.height << 16;
    return node;
}

static bool takes_decorators(const Node *node) {
    return node->kind > NODE_FILE && node->kind != NODE_BLOCK && node->kind != NODE_RESOURCE_HEAD &&
           node->kind != NODE_IF && node->kind != NODE_FOR && node->kind != NODE_IMPORT &&
           node->kind != NODE_EXPECT;
}

Node *declare_decorated(Parser *parser, NodeList decorators, Node *declaration) {
    if (declaration->kind == NODE_ERROR) {
        declaration->start = decorators.first->start;
        return declaration;
    }
    if (!takes_decorators(declaration)) {
        diagnostic_add(parser->compilation->diagnostics, DIAG_DECORATOR_PLACE,
                       node_span(decorators.first), syntax_describe(declaration), NULL);
        return declaration;
    }
    declaration->start = decorators.first->start;
    declaration->c = list_join(decorators, list_from(declaration->c)).first;
    uint32_t height = higher(node_height(declaration), decorators.height);
    declaration->flags = (declaration->flags & 0xffffU) | height << 16;
    return declaration;
}

NodeList declare_else(Parser *parser, NodeList chain, Node *branch) {
    if (chain.height >= PARSE_MAX_DEPTH) {
        syntax_too_deep(parser, branch->start, branch->end);
        return chain;
    }
    chain.last->c = branch;
    chain.first->end = branch->end;
    chain.height = higher(chain.height, node_height(branch)) + 1;
    if (branch->kind == NODE_IF) {
        chain.last = branch;
    }
    return chain;
}

void declare_in_file(Parser *parser, Node *member) {
    const bool bad = (member->flags & NODE_BAD) != 0 && member->kind == NODE_PROPERTY;
    const bool inner = member->kind == NODE_PROPERTY || member->kind == NODE_SPREAD;
    if (inner && bad) { // told
        member = build_error(parser, member->start, member->end);
    } else if (inner && !parser->source->settings) {
        const char *what = syntax_describe(member);
        if (member->name != NULL) {
            what = arena_printf(parser->arena, "the property `%s`", member->name->text);
        }
        Diagnostic *diagnostic = diagnostic_add(parser->compilation->diagnostics,
                                                DIAG_OUTSIDE_BLOCK, node_span(member), what, NULL);
        if (member->name != NULL && (member->flags & NODE_SHORTHAND) == 0) {
            diagnostic_help(parser->compilation->diagnostics, diagnostic,
                            "a constant is declared as `let %s = …`", member->name->text);
        }
        member = build_error(parser, member->start, member->end);
    }
    parser->declarations = list_append(parser->declarations, member);
}

// Mistakes that are understood

Node *declare_equals(Parser *parser, const Token *name, const Token *equals, Node *value) {
    Node *property = build_property(parser, build_label(parser, name), value);
    bool outside = feed_depth(parser) == 0 && !parser->source->settings;
    Diagnostic *diagnostic = NULL;
    if (outside) {
        // At the margin of a file it is a constant without its `let`.
        diagnostic = diagnostic_add(
            parser->compilation->diagnostics, DIAG_OUTSIDE_BLOCK, node_span(property),
            arena_printf(parser->arena, "`%s = …`", property->name->text), NULL);
        Span span = {parser->source->id, name->start, name->start};
        diagnostic_fix(parser->compilation->diagnostics, diagnostic, FIX_SAFE, span, "let ",
                       "declare a constant with `let`");
        return declare_typed(parser, NODE_LET, name, name, NULL, value);
    }
    diagnostic = syntax_report(parser, DIAG_EQUALS_FOR_COLON, equals, property->name->text);
    bool spaced = equals->start > name->end;
    Span span = {parser->source->id, name->end, equals->end};
    DiagnosticFix *fix = diagnostic_fix(parser->compilation->diagnostics, diagnostic, FIX_SAFE,
                                        span, spaced ? ":" : ": ", "write `:`");
    if (parser->pending != NULL) {
        diagnostic_fix_edit(parser->compilation->diagnostics, fix,
                            token_span(parser, parser->pending), parser->pending_text);
        parser->pending = NULL;
    }
    return property;
}

Node *declare_foreign_let(Parser *parser, const Token *kind, const Token *name, Node *value) {
    if (value->kind == NODE_OBJECT) { // `dataset orders = {`
        const char *text = arena_printf(parser->arena, "%s %s =", syntax_text(parser, kind),
                                        syntax_text(parser, name));
        Span span = {parser->source->id, kind->start, name->end};
        Diagnostic *diagnostic =
            diagnostic_add(parser->compilation->diagnostics, DIAG_RESOURCE_HEAD, span, text, NULL);
        diagnostic_help(parser->compilation->diagnostics, diagnostic, "it is written `%s %s { … }`",
                        syntax_text(parser, kind), syntax_text(parser, name));
        span = (Span){parser->source->id, name->end, value->start};
        diagnostic_fix(parser->compilation->diagnostics, diagnostic, FIX_SAFE, span, " ",
                       "remove the `=`");
        value = build_error(parser, value->start, value->end);
        return declare_typed(parser, NODE_LET, kind, name, NULL, value);
    }
    Diagnostic *diagnostic =
        syntax_report(parser, DIAG_FOREIGN_WORD, kind, syntax_text(parser, kind));
    diagnostic_help(parser->compilation->diagnostics, diagnostic,
                    "a constant is declared as `let %s = …`", syntax_text(parser, name));
    return declare_typed(parser, NODE_LET, kind, name, NULL, value);
}

Node *declare_missing_colon(Parser *parser, const Token *name, Node *object) {
    const char *text = syntax_text(parser, name);
    Diagnostic *diagnostic = syntax_report(parser, DIAG_MISSING_COLON, name, text);
    diagnostic_help(parser->compilation->diagnostics, diagnostic,
                    "a resource has a kind and a name: `%s NAME { … }`", text);
    Span span = {parser->source->id, name->end, name->end};
    diagnostic_fix(parser->compilation->diagnostics, diagnostic, FIX_MAYBE, span, ":", "add `:`");
    return build_property(parser, build_label(parser, name), object);
}

// What could not be read

/// The declaration that begins with the keyword at `first`; NULL if it has no name.
static Node *failed_declaration(Parser *parser, const Token *first, Node *rest) {
    bool deploy = first->kind == TOK_DEPLOY;
    bool ignored = false;
    Token *at = parser->source->tokens + (first - parser->source->tokens);
    const Token *keyword = deploy ? feed_peek(at + 1, &ignored) : first;
    at = parser->source->tokens + (keyword - parser->source->tokens);
    const Token *name = keyword->kind == TOK_END ? keyword : feed_peek(at + 1, &ignored);
    if (name->kind != TOK_NAME) {
        return NULL;
    }
    NodeKind kind = keyword->kind == TOK_LET      ? NODE_LET
                    : keyword->kind == TOK_PARAM  ? NODE_PARAM
                    : keyword->kind == TOK_OUTPUT ? NODE_OUTPUT
                    : keyword->kind == TOK_FN     ? NODE_FN
                                                  : NODE_TYPE;
    bool typed = kind == NODE_PARAM || kind == NODE_TYPE;
    Node *node = declare(parser, kind, first, names_get(parser->compilation->names, name->name),
                         typed ? rest : NULL, typed ? NULL : rest, rest->end);
    node->flags |= NODE_BAD | (deploy ? (unsigned)NODE_DEPLOY : 0U);
    return node;
}

/// Whether the member that begins at `first` got past `name:`.
static bool failed_in_value(const Parser *parser, const Token *first) {
    bool ignored = false;
    const Token *second =
        first->kind == TOK_END
            ? first
            : feed_peek(parser->source->tokens + (first - parser->source->tokens) + 1, &ignored);
    return first->kind == TOK_NAME && (second->kind == TOK_COLON || second->kind == TOK_QUESTION) &&
           second < parser->next;
}

static const Token *failed_first(const Parser *parser) {
    bool ignored = false;
    Token *token = parser->source->tokens + (parser->failed - parser->source->tokens);
    return feed_peek(token, &ignored);
}

Node *declare_failed(Parser *parser) {
    const Token *first = failed_first(parser);
    Node *rest = build_failed(parser);
    Node *node = NULL;
    switch (first->kind) {
    case TOK_LET:
    case TOK_PARAM:
    case TOK_DEPLOY:
    case TOK_OUTPUT:
    case TOK_TYPE:
    case TOK_FN:
        node = failed_declaration(parser, first, rest);
        break;
    default:
        if (failed_in_value(parser, first)) {
            node = build_property(parser, build_label(parser, first), rest);
            node->flags |= NODE_BAD;
        }
    }
    return node != NULL ? node : rest;
}

Node *declare_failed_property(Parser *parser) {
    const Token *first = failed_first(parser);
    Node *rest = build_failed(parser);
    if (!failed_in_value(parser, first)) {
        return rest;
    }
    Node *node = declare_property(parser, first, true, rest, NULL, list_empty());
    node->flags |= NODE_BAD;
    return node;
}

Node *declare_failed_parameter(Parser *parser) {
    const Token *first = failed_first(parser);
    Node *rest = build_failed(parser);
    if (first->kind != TOK_NAME) {
        return rest;
    }
    Node *node = declare_property(parser, first, true, rest, NULL, list_empty());
    node->flags |= NODE_BAD;
    return node;
}

Node *declare_failed_resource(Parser *parser, const Token *existing, const Token *kind,
                              Node *block) {
    bool ignored = false;
    const Token *name =
        feed_peek(parser->source->tokens + (kind - parser->source->tokens) + 1, &ignored);
    Node *rest = build_failed(parser);
    if (name->kind != TOK_NAME) {
        return rest;
    }
    if (block == NULL) {
        block = build_node(parser, NODE_BLOCK, rest->end, rest->end);
    }
    Node *head = declare_resource_head(parser, kind, name, NULL, NULL);
    Node *node = declare_resource(parser, existing, head, block);
    node->flags |= NODE_BAD;
    head->flags |= NODE_BAD;
    return node;
}
