// Nodes of expressions and types.

#include "parser.h"

#include <string.h>

enum { NODES_AT_ONCE = 64 };

Node *build_node(Parser *parser, NodeKind kind, uint32_t start, uint32_t end) {
    if (parser->spare_count == 0) {
        parser->spare = arena_array(parser->arena, Node, NODES_AT_ONCE);
        parser->spare_count = NODES_AT_ONCE;
    }
    --parser->spare_count;
    Node *node = parser->spare++;
    node->kind = (uint8_t)kind;
    node->file = parser->source->id;
    node->start = start;
    node->end = end;
    return node;
}

Node *build_error(Parser *parser, uint32_t start, uint32_t end) {
    Node *node = build_node(parser, NODE_ERROR, start, end);
    node->flags = NODE_BAD;
    return node;
}

Node *build_failed(Parser *parser) {
    // It ends before the token that the grammar gets next.
    const Token *last = parser->again ? parser->before : parser->next - 1;
    while (last > parser->failed && (last->kind == TOK_COMMENT || last->kind == TOK_DOC)) {
        --last;
    }
    uint32_t start = parser->failed->start;
    return build_error(parser, start, last->end > start ? last->end : start);
}

/// `node` as high as `height`, or an error in its place if that is too high for passes that walk
/// the tree. The height stands in the upper half of the flags.
static Node *with_height(Parser *parser, Node *node, uint32_t height) {
    if (height > PARSE_MAX_DEPTH) {
        syntax_too_deep(parser, node->start, node->end);
        return build_error(parser, node->start, node->end);
    }
    node->flags |= height << 16;
    return node;
}

static uint32_t higher(uint32_t a, uint32_t b) {
    return a > b ? a : b;
}

// Names and literals

Node *build_label(Parser *parser, const Token *token) {
    Node *node = build_node(parser, NODE_NAME, token->start, token->end);
    node->name = names_get(parser->compilation->names, token->name);
    return node;
}

Node *build_name(Parser *parser, const Token *token) {
    Node *node = build_label(parser, token);
    if (node->name != parser->this_name || parser->source->library) {
        return node;
    }
    node->flags |= NODE_BAD;
    Diagnostic *diagnostic = syntax_report(parser, DIAG_FOREIGN_WORD, token, node->name->text);
    diagnostic_help(parser->compilation->diagnostics, diagnostic,
                    "what is declared is used by its name alone");
    const Token *dot = token + 1;
    if (dot->kind == TOK_DOT && dot[1].kind == TOK_NAME) {
        Span span = {parser->source->id, token->start, dot->end};
        diagnostic_fix(parser->compilation->diagnostics, diagnostic, FIX_MAYBE, span, "",
                       "remove `this.`");
    }
    return node;
}

Node *build_bool(Parser *parser, const Token *token, bool value) {
    Node *node = build_node(parser, NODE_BOOL, token->start, token->end);
    node->integer = value;
    return node;
}

// Operators

/// `-5` is a number. Only digits right behind the `-` are: the operand then begins with one.
static bool fold_minus(Parser *parser, Node *operand) {
    char first = parser->text[operand->start];
    if (first < '0' || first > '9') {
        return false;
    }
    if (operand->kind == NODE_DECIMAL) {
        operand->number = -operand->number;
        return true;
    }
    if (operand->kind != NODE_INTEGER) {
        return false;
    }
    if (operand == parser->lowest) {
        parser->lowest = NULL;
    } else {
        operand->integer = -operand->integer;
    }
    return true;
}

Node *build_unary(Parser *parser, const Token *op, Node *operand) {
    if (op->kind == TOK_MINUS && fold_minus(parser, operand)) {
        operand->start = op->start;
        return operand;
    }
    Node *node = build_node(parser, NODE_UNARY, op->start, operand->end);
    node->op = op->kind;
    node->a = operand;
    return with_height(parser, node, node_height(operand) + 1);
}

Node *build_binary(Parser *parser, Node *left, const Token *op, Node *right) {
    Node *node = build_node(parser, NODE_BINARY, left->start, right->end);
    node->op = op->kind;
    node->a = left;
    node->b = right;
    return with_height(parser, node, higher(node_height(left), node_height(right)) + 1);
}

Node *build_is(Parser *parser, Node *value, Node *type) {
    Node *node = build_node(parser, NODE_IS, value->start, type->end);
    node->a = value;
    node->b = type;
    return with_height(parser, node, node_height(value) + 1);
}

Node *build_conditional(Parser *parser, Node *condition, Node *yes, Node *no) {
    Node *node = build_node(parser, NODE_CONDITIONAL, condition->start, no->end);
    node->a = condition;
    node->b = yes;
    node->c = no;
    uint32_t branches = higher(node_height(yes), node_height(no));
    return with_height(parser, node, higher(node_height(condition), branches) + 1);
}

Node *build_member(Parser *parser, Node *object, const Token *name) {
    Node *node = build_node(parser, NODE_MEMBER, object->start, name->end);
    node->a = object;
    node->b = build_label(parser, name);
    node->name = node->b->name;
    return with_height(parser, node, node_height(object) + 1);
}

Node *build_index(Parser *parser, Node *object, Node *index, const Token *closer) {
    Node *node = build_node(parser, NODE_INDEX, object->start, closer->end);
    node->a = object;
    node->b = index;
    return with_height(parser, node, higher(node_height(object), node_height(index)) + 1);
}

Node *build_all(Parser *parser, Node *object, const Token *closer) {
    Node *node = build_node(parser, NODE_ALL, object->start, closer->end);
    node->a = object;
    return with_height(parser, node, node_height(object) + 1);
}

Node *build_call(Parser *parser, Node *callee, NodeList arguments, const Token *closer) {
    Node *node = build_node(parser, NODE_CALL, callee->start, closer->end);
    node->a = callee;
    node->b = arguments.first;
    if (callee->kind != NODE_NAME && callee->kind != NODE_MEMBER && callee->kind != NODE_ERROR) {
        diagnostic_add(parser->compilation->diagnostics, DIAG_NOT_CALLABLE, node_span(callee),
                       callee->kind == NODE_CALL ? "the result of a call" : "a value", NULL);
        return build_error(parser, node->start, node->end);
    }
    return with_height(parser, node, higher(node_height(callee), arguments.height) + 1);
}

// Brackets

Node *build_group(const Token *opener, Node *value, const Token *closer) {
    value->start = opener->start;
    value->end = closer->end;
    return value;
}

Node *build_braced(Parser *parser, NodeKind kind, const Token *opener, NodeList list,
                   const Token *closer) {
    Node *node = build_node(parser, kind, opener->start, closer->end);
    node->a = list.first;
    return with_height(parser, node, list.height + 1);
}

Node *build_object(Parser *parser, const Token *opener, NodeList members, const Token *closer) {
    for (Node *member = members.first; member != NULL; member = member->next) {
        if (member->kind > NODE_FILE) {
            Span span = {member->file, member->start, member->end};
            diagnostic_add(parser->compilation->diagnostics, DIAG_INSIDE_OBJECT, span,
                           syntax_describe(member), NULL);
            member->kind = NODE_ERROR;
            member->flags |= NODE_BAD;
        }
    }
    return build_braced(parser, NODE_OBJECT, opener, members, closer);
}

Node *build_list_for(Parser *parser, const Token *opener, Node *header, Node *value,
                     const Token *closer) {
    Node *node = build_node(parser, NODE_LIST_FOR, opener->start, closer->end);
    node->a = header;
    node->b = value;
    return with_height(parser, node, higher(node_height(header), node_height(value)) + 1);
}

Node *build_object_for(Parser *parser, const Token *opener, Node *header, Node *key, Node *value,
                       const Token *closer) {
    Node *node = build_node(parser, NODE_OBJECT_FOR, opener->start, closer->end);
    node->a = header;
    node->b = key;
    node->c = value;
    uint32_t height = higher(node_height(key), node_height(value));
    return with_height(parser, node, higher(node_height(header), height) + 1);
}

Node *build_for_header(Parser *parser, const Token *first, const Token *second, Node *list,
                       Node *condition) {
    Node *node = build_node(parser, NODE_FOR_HEADER, first->start,
                            condition != NULL ? condition->end : list->end);
    node->name = names_get(parser->compilation->names, first->name);
    node->a = list;
    node->b = second != NULL ? build_label(parser, second) : NULL;
    node->c = condition;
    uint32_t height = condition != NULL ? node_height(condition) : 0;
    node->flags |= higher(node_height(list), height) << 16;
    return node;
}

Node *build_spread(Parser *parser, const Token *dots, Node *value) {
    Node *node = build_node(parser, NODE_SPREAD, dots->start, value->end);
    node->a = value;
    node->flags |= node_height(value) << 16;
    return node;
}

// Properties. They add nothing to the height: the braces around them do.

Node *build_property(Parser *parser, Node *label, Node *value) {
    Node *node = build_node(parser, NODE_PROPERTY, label->start, value->end);
    node->b = value;
    if (label->kind == NODE_NAME) {
        node->name = label->name;
        node->c = label;
    } else if (label->kind == NODE_STRING) {
        node->name = names_intern(parser->compilation->names, label->text, label->length);
        node->c = label;
    } else { // a string with something filled in is a computed name
        node->a = label;
    }
    node->flags |= higher(node_height(label), node_height(value)) << 16;
    return node;
}

Node *build_computed(Parser *parser, const Token *opener, Node *key) {
    Node *node = build_node(parser, NODE_PROPERTY, opener->start, key->end);
    node->a = key;
    node->flags = node_height(key) << 16;
    return node;
}

Node *build_computed_value(Node *property, Node *value) {
    property->b = value;
    property->end = value->end;
    property->flags = higher(node_height(property), node_height(value)) << 16;
    return property;
}

Node *build_shorthand(Parser *parser, const Token *name) {
    Node *node = build_property(parser, build_label(parser, name), build_name(parser, name));
    node->flags |= NODE_SHORTHAND;
    return node;
}

// Types

Node *build_dotted_begin(Parser *parser, const Token *token) {
    Node *node = build_node(parser, NODE_TYPE_NAME, token->start, token->end);
    node->name = names_get(parser->compilation->names, token->name);
    node->bound = (void *)(uintptr_t)token; // for build_dotted
    return node;
}

Node *build_dotted(Parser *parser, Node *dotted) {
    if (dotted->name == NULL) {
        // Nearly always the text as it stands; white space and comments may stand around the dots.
        const char *text = parser->text + dotted->start;
        size_t length = dotted->end - dotted->start;
        if (strcspn(text, " \t\r\n\f\v/") < length) {
            const Token *token = dotted->bound;
            char *joined = arena_alloc(parser->arena, length + 1);
            size_t used = 0;
            for (; token->start < dotted->end; ++token) {
                if (token->kind != TOK_COMMENT && token->kind != TOK_DOC) {
                    memcpy(joined + used, parser->text + token->start, token->end - token->start);
                    used += token->end - token->start;
                }
            }
            text = joined;
            length = used;
        }
        dotted->name = names_intern(parser->compilation->names, text, length);
    }
    dotted->bound = NULL;
    return dotted;
}

Node *build_type_object(Parser *parser, const Token *opener, NodeList members,
                        const Token *closer) {
    Node *node = build_node(parser, NODE_TYPE_OBJECT, opener->start, closer->end);
    NodeList properties = list_empty();
    for (Node *member = members.first; member != NULL;) {
        Node *next = member->next;
        member->next = NULL;
        if (member->kind == NODE_PROPERTY_DECL || member->kind == NODE_ERROR) {
            properties = list_append(properties, member);
        } else { // the type of what a map holds
            node->b = member;
        }
        member = next;
    }
    node->a = properties.first;
    return with_height(parser, node, members.height + 1);
}

Node *build_type_literal(Parser *parser, Node *literal) {
    Node *node = build_node(parser, NODE_TYPE_LITERAL, literal->start, literal->end);
    node->a = literal;
    return node;
}

Node *build_type_list(Parser *parser, Node *element, const Token *closer) {
    Node *node = build_node(parser, NODE_TYPE_LIST, element->start, closer->end);
    node->a = element;
    return with_height(parser, node, node_height(element) + 1);
}

Node *build_type_case(Parser *parser, Node *name, NodeList parameters, const Token *closer) {
    Node *node = build_node(parser, NODE_TYPE_CASE, name->start, closer->end);
    node->name = name->name;
    node->a = parameters.first;
    return with_height(parser, node, parameters.height + 1);
}

Node *build_type_decorated(Parser *parser, Node *type, NodeList decorators) {
    if (type->kind == NODE_TYPE_LITERAL || type->kind == NODE_TYPE_CASE) {
        type->c = decorators.first;
        type->end = decorators.last->end;
        return type;
    }
    Node *node = build_node(parser, NODE_TYPE_DECORATED, type->start, decorators.last->end);
    node->a = type;
    node->c = decorators.first;
    return with_height(parser, node, higher(node_height(type), decorators.height) + 1);
}

Node *build_type_union(Parser *parser, NodeList alternatives, bool barred) {
    if (alternatives.first == alternatives.last && !barred) {
        return alternatives.first;
    }
    Node *node =
        build_node(parser, NODE_TYPE_UNION, alternatives.first->start, alternatives.last->end);
    node->a = alternatives.first;
    return with_height(parser, node, alternatives.height + 1);
}
