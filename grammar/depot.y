/* The grammar. Its tokens come from tokens.def, by way of compiler/feed.c: comments are left out,
 * line ends are NEWLINE where they separate members, keywords are told from names, brackets come in
 * pairs.
 *
 * Lists are left-recursive, so that any number of siblings takes constant stack. `error` stands
 * where a member, an element or the head of a block can be passed over; the nonterminals behind it
 * have the feed go on at the end of what was passed over, so that it costs one diagnostic. */

%define api.pure full
%define api.prefix {depot_}
%define api.token.raw
%define api.token.prefix {T_}
%define api.value.type {SymbolValue}
%define parse.error custom
%define lr.default-reduction consistent
%param {Parser *parser}
%expect 0

%code requires {
#include "parser.h"
}

%code {
static int depot_lex(SymbolValue *value, Parser *parser) {
    /* 1 and 2 are bison's own. */
    TokenKind kind = feed_next(parser, value);
    return kind == TOK_END ? 0 : (int)kind + 2;
}

static void depot_error(Parser *parser, const char *message) {
    (void)message; /* the stack is full, which the limits on nesting do not let happen */
    syntax_too_deep(parser, parser->last->start, parser->last->end);
}

/* Reports members that stand beside a comprehension. */
static void report_members(Parser *parser, NodeList members) {
    if (members.first != NULL) {
        diagnostic_add(parser->compilation->diagnostics, DIAG_INSIDE_OBJECT,
                       node_span(members.first), "a member beside a comprehension", NULL);
    }
}

#define YYINITDEPTH 200
#define YYMAXDEPTH  20000

/* Goes on behind a syntax error. */
#define RECOVER(levels, block)                                                                     \
    do {                                                                                           \
        yyclearin;                                                                                 \
        yyerrok;                                                                                   \
        if (!feed_recover(parser, (levels), (block))) {                                            \
            YYABORT;                                                                               \
        }                                                                                          \
    } while (0)

_Static_assert((int)T_NAME == (int)TOK_NAME + 2, "tokens are numbered in the order of tokens.def");
_Static_assert((int)T_EXTEND == (int)TOK_EXTEND + 2, "with no gap");
}

@DEPOT_TOKENS@

%type <list> members body list_items list_body arguments argument_list
%type <list> pieces import_names import_body import_braces construct_members construct_body
%type <list> rule_members rule_body type_members type_body parameters parameter_list
%type <list> decorators alternatives if_chain
%type <node> member property spread declaration import import_name param let typedef output
%type <node> resource resource_head key_opt resource_type_opt block if for for_header
%type <node> construct construct_block construct_member construct_item property_decl attribute rule
%type <node> rule_head subject_opt when_opt at_opt require clause type_member parameter
%type <node> construct_name fn signature signature_opt module use use_head module_path test expect schema
%type <node> expr string plain_string list_item element list_expr object argument
%type <node> type type_opt alternative type_postfix type_primary dotted type_name
%type <node> decorator value_opt computed index group interpolated block_opt construct_block_opt
%type <token> separator optional existing_opt

/* What a `{` after a name or value means is decided by what comes before it; operators bind from
 * loosest to tightest. */
%right "?" ":"
%left "??"
%left "||"
%left "&&"
%left "==" "!="
%nonassoc "<" "<=" ">" ">=" "is"
%left "+" "-"
%left "*" "/" "%"
%precedence "!" UNARY
%precedence "." "[" "("

%%

file: file_members | file_members file_member;

file_members:
    %empty
  | file_members separator
  | file_members file_member separator
  ;
file_member: member { declare_in_file(parser, $1); };

separator: NEWLINE | ",";

/* Blocks and objects. Both have the same members; build_object tells declarations from properties. */

block: "{" body "}" { $$ = build_braced(parser, NODE_BLOCK, $1, $2, $3); };
object: "{" body "}" { $$ = build_object(parser, $1, $2, $3); };

body: members | members member { $$ = list_append($1, $2); };
members:
    %empty { $$ = list_empty(); }
  | members separator
  | members member separator { $$ = list_append($1, $2); }
  ;

member:
    property
  | spread
  | declaration
  | decorators property { $$ = declare_decorated(parser, $1, $2); }
  | decorators declaration { $$ = declare_decorated(parser, $1, $2); }
  | SKIPPED { $$ = build_error(parser, $1->start, $1->end); }
  | error recover_member { $$ = declare_failed(parser); }
  ;
recover_member: %empty { RECOVER(RECOVER_MEMBER, false); };

property:
    NAME ":" expr { $$ = build_property(parser, build_label(parser, $1), $3); }
  | string ":" expr { $$ = build_property(parser, $1, $3); }
  | computed ":" expr { $$ = build_computed_value($1, $3); }
  | NAME { $$ = build_shorthand(parser, $1); }
  | NAME "=" expr { $$ = declare_equals(parser, $1, $2, $3); }
  | NAME object { $$ = declare_missing_colon(parser, $1, $2); }
  ;
/* Brackets with an error in them are rules of their own: when an error comes later, they are gone from
 * the stack and cannot be taken for the place to go on. */
computed: "[" index "]" { $$ = build_computed(parser, $1, $2); };
spread: "..." expr { $$ = build_spread(parser, $1, $2); };

/* Declarations */

declaration:
    import | param | let | fn | typedef | output | resource | module | use | if | for | construct | rule
  | schema | test | expect
  ;

import:
    IMPORT import_braces FROM plain_string {
        $$ = declare(parser, NODE_IMPORT, $1, NULL, $2.first, $4, $4->end);
    }
  | IMPORT plain_string { $$ = declare(parser, NODE_IMPORT, $1, NULL, NULL, $2, $2->end); }
  | IMPORT "*" AS NAME FROM plain_string {
        $$ = declare(parser, NODE_IMPORT, $1, build_label(parser, $4)->name, NULL, $6, $6->end);
    }
  ;
plain_string: string { $$ = literal_plain(parser, $1, "the path of a file"); };
import_braces: "{" import_body "}" { $$ = $2; };
import_body: import_names | import_names import_name { $$ = list_append($1, $2); };
import_names:
    %empty { $$ = list_empty(); }
  | import_names separator
  | import_names import_name separator { $$ = list_append($1, $2); }
  ;
import_name:
    NAME {
        $$ = declare(parser, NODE_IMPORT_NAME, $1, build_label(parser, $1)->name, NULL, NULL, $1->end);
    }
  | NAME AS NAME {
        $$ = declare(parser, NODE_IMPORT_NAME, $1, build_label(parser, $1)->name,
                     build_label(parser, $3), NULL, $3->end);
    }
  | error recover_import { $$ = build_failed(parser); }
  ;
recover_import: %empty { RECOVER(RECOVER_IMPORT, false); };

param:
    PARAM NAME ":" type value_opt { $$ = declare_typed(parser, NODE_PARAM, $1, $2, $4, $5); }
  | DEPLOY PARAM NAME ":" type value_opt {
        $$ = declare_typed(parser, NODE_PARAM, $1, $3, $5, $6);
        $$->flags |= NODE_DEPLOY;
    }
  ;
let: LET NAME type_opt "=" expr { $$ = declare_typed(parser, NODE_LET, $1, $2, $3, $5); };
output: OUTPUT NAME type_opt "=" expr { $$ = declare_typed(parser, NODE_OUTPUT, $1, $2, $3, $5); };
typedef:
    TYPE type_name "=" type { $$ = declare(parser, NODE_TYPE, $1, $2->name, $4, NULL, $4->end); }
  | existing_opt EXTEND TYPE type_name "=" type {
        $$ = declare(parser, NODE_TYPE, $2, $4->name, $6, NULL, $6->end);
        $$->flags |= NODE_EXTEND | ($1 != NULL ? NODE_EXISTING : 0U);
    }
  ;
fn: FN NAME signature type_opt "=" expr {
    $$ = declare_fn(parser, $1, $2, declare_result($3, $4), $6);
};
/* A rule of its own, as brackets with errors in them are. */
signature: "(" parameters ")" { $$ = declare_signature(parser, $1, $2, $3); };
type_opt: %empty { $$ = NULL; } | ":" type { $$ = $2; };
value_opt: %empty { $$ = NULL; } | "=" expr { $$ = $2; };

resource:
    existing_opt resource_head block { $$ = declare_resource(parser, $1, $2, $3); }
  | existing_opt KIND error recover_head block_opt {
        $$ = declare_failed_resource(parser, $1, $2, $5);
    }
  | existing_opt KIND NAME "=" expr { $$ = declare_foreign_let(parser, $2, $3, $5); }
  ;
existing_opt: %empty { $$ = NULL; } | EXISTING;
resource_head: KIND NAME key_opt resource_type_opt {
    $$ = declare_resource_head(parser, $1, $2, $3, $4);
};
key_opt: %empty { $$ = NULL; } | "[" index "]" { $$ = $2; };
resource_type_opt:
    %empty { $$ = NULL; }
  | ":" type_name { $$ = $2; }
  | ":" plain_string { $$ = declare_quoted_type(parser, $2); }
  ;
block_opt: %empty { $$ = NULL; } | block;
recover_head: %empty { RECOVER(RECOVER_MEMBER, true); };

if:
    if_chain { $$ = $1.first; }
  | if_chain ELSE block { $$ = declare_else(parser, $1, $3).first; }
  ;
if_chain:
    IF expr block { $$ = list_of(declare(parser, NODE_IF, $1, NULL, $2, $3, $3->end)); }
  | IF error recover_head block_opt { $$ = list_of(build_error(parser, $1->start, $1->end)); }
  | if_chain ELSE IF expr block {
        $$ = declare_else(parser, $1, declare(parser, NODE_IF, $3, NULL, $4, $5, $5->end));
    }
  ;

for:
    FOR for_header block { $$ = declare(parser, NODE_FOR, $1, NULL, $2, $3, $3->end); }
  | FOR error recover_head block_opt { $$ = build_error(parser, $1->start, $1->end); }
  ;
for_header:
    NAME IN expr { $$ = build_for_header(parser, $1, NULL, $3, NULL); }
  | NAME IN expr IF expr { $$ = build_for_header(parser, $1, NULL, $3, $5); }
  | NAME "," NAME IN expr { $$ = build_for_header(parser, $1, $3, $5, NULL); }
  | NAME "," NAME IN expr IF expr { $$ = build_for_header(parser, $1, $3, $5, $7); }
  ;

/* Modules */

module:
    MODULE NAME signature_opt block {
        $$ = declare(parser, NODE_MODULE, $1, build_label(parser, $2)->name, $3, $4, $4->end);
    }
  | MODULE error recover_head block_opt { $$ = build_error(parser, $1->start, $1->end); }
  ;
signature_opt: %empty { $$ = NULL; } | signature;

use:
    use_head { $$ = declare_use(parser, $1, NULL); }
  | use_head block { $$ = declare_use(parser, $1, $2); }
  | USE error recover_head block_opt { $$ = build_error(parser, $1->start, $1->end); }
  ;
use_head: USE module_path AS NAME key_opt { $$ = declare_use_head(parser, $1, $2, $4, $5); };
module_path:
    NAME { $$ = build_name(parser, $1); }
  | module_path "." NAME { $$ = build_member(parser, $1, $3); }
  ;

/* Tests */

test:
    TEST string block {
        Node *name = literal_plain(parser, $2, "the name of a test");
        $$ = declare(parser, NODE_TEST, $1, NULL, name, $3, $3->end);
    }
  | TEST error recover_head block_opt { $$ = build_error(parser, $1->start, $1->end); }
  ;
expect: EXPECT expr { $$ = declare(parser, NODE_EXPECT, $1, NULL, $2, NULL, $2->end); };

/* Schemas */

schema:
    SCHEMA type_name resource_type_opt construct_block {
        $$ = declare(parser, NODE_SCHEMA, $1, $2->name, $3, $4, $4->end);
    }
  | SCHEMA error recover_head construct_block_opt { $$ = build_error(parser, $1->start, $1->end); }
  ;

/* Constructs and rules */

construct:
    existing_opt CONSTRUCT construct_name construct_block {
        $$ = declare_construct(parser, $1, $2, $3, $4);
    }
  | existing_opt CONSTRUCT error recover_head construct_block_opt {
        $$ = build_error(parser, $2->start, $2->end);
    }
  | existing_opt EXTEND construct_name construct_block {
        $$ = declare_construct(parser, $1, $2, $3, $4);
        $$->flags |= NODE_EXTEND;
    }
  | existing_opt EXTEND error recover_head construct_block_opt {
        $$ = build_error(parser, $2->start, $2->end);
    }
  ;
construct_name:
    type_name
  | type_name ":" plain_string { $$ = declare_quoted_name(parser, $1, $3); }
  ;
construct_block: "{" construct_body "}" { $$ = build_braced(parser, NODE_BLOCK, $1, $2, $3); };
construct_block_opt: %empty { $$ = NULL; } | construct_block;
construct_body: construct_members | construct_members construct_member { $$ = list_append($1, $2); };
construct_members:
    %empty { $$ = list_empty(); }
  | construct_members separator
  | construct_members construct_member separator { $$ = list_append($1, $2); }
  ;
construct_member:
    construct_item
  | decorators construct_item { $$ = declare_decorated(parser, $1, $2); }
  | SKIPPED { $$ = build_error(parser, $1->start, $1->end); }
  | error recover_member { $$ = declare_failed_property(parser); }
  ;
construct_item:
    property_decl
  | NAME decorators { $$ = declare_property(parser, $1, false, NULL, NULL, $2); }
  | attribute
  | rule
  | clause
  ;

property_decl:
    NAME optional ":" type { $$ = declare_property(parser, $1, $2 != NULL, $4, NULL, list_empty()); }
  | NAME optional ":" type "=" expr {
        $$ = declare_property(parser, $1, $2 != NULL, $4, $6, list_empty());
    }
  | NAME optional ":" type "=" expr decorators {
        $$ = declare_property(parser, $1, $2 != NULL, $4, $6, $7);
    }
  ;
optional: %empty { $$ = NULL; } | "?";

attribute:
    ATTRIBUTE NAME ":" type { $$ = declare_typed(parser, NODE_ATTRIBUTE, $1, $2, $4, NULL); }
  | ATTRIBUTE NAME ":" type object { $$ = declare_typed(parser, NODE_ATTRIBUTE, $1, $2, $4, $5); }
  ;

rule:
    rule_head "{" rule_body "}" {
        $$ = declare(parser, NODE_RULE, $2, NULL, $1, $3.first, $4->end);
        $$->start = $1->start;
    }
  | RULE error recover_head rule_block_opt { $$ = build_error(parser, $1->start, $1->end); }
  ;
rule_block_opt: %empty | "{" rule_body "}";
rule_head: RULE string string subject_opt when_opt {
    Node *id = literal_plain(parser, $2, "the id of a rule");
    $$ = declare_rule_head(parser, $1, id, $3, $4, $5);
};
subject_opt:
    %empty { $$ = NULL; }
  | FOR construct_name { $$ = declare(parser, NODE_SUBJECT, $1, NULL, NULL, $2, $2->end); }
  | FOR construct_name AS NAME {
        $$ = declare(parser, NODE_SUBJECT, $1, build_label(parser, $4)->name, NULL, $2, $4->end);
    }
  ;
when_opt: %empty { $$ = NULL; } | WHEN expr { $$ = $2; };
rule_body: rule_members | rule_members require { $$ = list_append($1, $2); };
rule_members:
    %empty { $$ = list_empty(); }
  | rule_members separator
  | rule_members require separator { $$ = list_append($1, $2); }
  ;
require:
    REQUIRE expr at_opt {
        $$ = declare(parser, NODE_REQUIRE, $1, NULL, $2, $3, $3 != NULL ? $3->end : $2->end);
    }
  | SKIPPED { $$ = build_error(parser, $1->start, $1->end); }
  | error recover_member { $$ = build_failed(parser); }
  ;
at_opt: %empty { $$ = NULL; } | AT expr { $$ = $2; };

clause:
    NAME object { $$ = declare_clause(parser, $1, NULL, $2); }
  | NAME string object {
        $$ = declare_clause(parser, $1, literal_plain(parser, $2, "the head of a clause"), $3);
    }
  ;

decorators:
    decorator { $$ = list_of($1); }
  | decorators decorator { $$ = list_append($1, $2); }
  ;
decorator:
    "@" NAME { $$ = declare_decorator(parser, $1, $2, list_empty(), $2); }
  | "@" NAME "(" arguments ")" { $$ = declare_decorator(parser, $1, $2, $4, $5); }
  ;

/* Types */

type:
    alternatives { $$ = build_type_union(parser, $1, false); }
  | "|" alternatives { $$ = build_type_union(parser, $2, true); }
  ;
alternatives:
    alternative { $$ = list_of($1); }
  | alternatives "|" alternative { $$ = list_append($1, $3); }
  ;
alternative:
    type_postfix
  | type_postfix decorators { $$ = build_type_decorated(parser, $1, $2); }
  ;
type_postfix:
    type_primary
  | type_postfix "[" "]" { $$ = build_type_list(parser, $1, $3); }
  ;
type_primary:
    type_name
  | type_name "(" parameters ")" { $$ = build_type_case(parser, $1, $3, $4); }
  | "(" type ")" { $$ = build_group($1, $2, $3); }
  | "(" error recover_group ")" { $$ = build_error(parser, $1->start, $4->end); }
  | "{" type_body "}" { $$ = build_type_object(parser, $1, $2, $3); }
  | string { $$ = build_type_literal(parser, literal_plain(parser, $1, "a type")); }
  | INTEGER { $$ = build_type_literal(parser, literal_integer(parser, $1)); }
  | "-" INTEGER { $$ = build_type_literal(parser, build_unary(parser, $1, literal_integer(parser, $2))); }
  | DECIMAL { $$ = build_type_literal(parser, literal_decimal(parser, $1)); }
  | "-" DECIMAL { $$ = build_type_literal(parser, build_unary(parser, $1, literal_decimal(parser, $2))); }
  | TRUE { $$ = build_type_literal(parser, build_bool(parser, $1, true)); }
  | FALSE { $$ = build_type_literal(parser, build_bool(parser, $1, false)); }
  | SKIPPED { $$ = build_error(parser, $1->start, $1->end); }
  ;
type_name: dotted %prec "is" { $$ = build_dotted(parser, $1); };
dotted:
    NAME { $$ = build_dotted_begin(parser, $1); }
  | dotted "." NAME { $$ = $1; $$->end = $3->end; $$->name = NULL; }
  ;

type_body: type_members | type_members type_member { $$ = list_append($1, $2); };
type_members:
    %empty { $$ = list_empty(); }
  | type_members separator
  | type_members type_member separator { $$ = list_append($1, $2); }
  ;
type_member:
    property_decl
  | decorators property_decl { $$ = declare_decorated(parser, $1, $2); }
  | map_key ":" type { $$ = $3; }
  | SKIPPED { $$ = build_error(parser, $1->start, $1->end); }
  | error recover_member { $$ = declare_failed_property(parser); }
  ;

map_key:
    "[" NAME "]"
  | "[" NAME ":" NAME "]"
  | "[" error recover_index "]"
  ;

parameters: %empty { $$ = list_empty(); } | parameter_list | parameter_list ",";
parameter_list:
    parameter { $$ = list_of($1); }
  | parameter_list "," parameter { $$ = list_append($1, $3); }
  ;
parameter:
    property_decl
  | SKIPPED { $$ = build_error(parser, $1->start, $1->end); }
  | error recover_argument { $$ = declare_failed_parameter(parser); }
  ;

/* Expressions */

expr:
    NAME { $$ = build_name(parser, $1); }
  | INTEGER { $$ = literal_integer(parser, $1); }
  | DECIMAL { $$ = literal_decimal(parser, $1); }
  | TRUE { $$ = build_bool(parser, $1, true); }
  | FALSE { $$ = build_bool(parser, $1, false); }
  | SKIPPED { $$ = build_error(parser, $1->start, $1->end); }
  | string
  | list_expr
  | object
  | "{" members FOR for_header ":" computed ":" expr "}" {
        /* `members` is there for the parser, which cannot tell a comprehension from a loop here. */
        report_members(parser, $2);
        $$ = build_object_for(parser, $1, $4, $6->a, $8, $9);
    }
  | "(" group ")" { $$ = build_group($1, $2, $3); }
  | expr "." NAME { $$ = build_member(parser, $1, $3); }
  | expr "[" index "]" { $$ = build_index(parser, $1, $3, $4); }
  | expr "[" "*" "]" { $$ = build_all(parser, $1, $4); }
  | expr "(" arguments ")" { $$ = build_call(parser, $1, $3, $4); }
  | "!" expr { $$ = build_unary(parser, $1, $2); }
  | "-" expr %prec UNARY { $$ = build_unary(parser, $1, $2); }
  | expr "*" expr { $$ = build_binary(parser, $1, $2, $3); }
  | expr "/" expr { $$ = build_binary(parser, $1, $2, $3); }
  | expr "%" expr { $$ = build_binary(parser, $1, $2, $3); }
  | expr "+" expr { $$ = build_binary(parser, $1, $2, $3); }
  | expr "-" expr { $$ = build_binary(parser, $1, $2, $3); }
  | expr "<" expr { $$ = build_binary(parser, $1, $2, $3); }
  | expr "<=" expr { $$ = build_binary(parser, $1, $2, $3); }
  | expr ">" expr { $$ = build_binary(parser, $1, $2, $3); }
  | expr ">=" expr { $$ = build_binary(parser, $1, $2, $3); }
  | expr IS type_name { $$ = build_is(parser, $1, $3); }
  | expr "==" expr { $$ = build_binary(parser, $1, $2, $3); }
  | expr "!=" expr { $$ = build_binary(parser, $1, $2, $3); }
  | expr "&&" expr { $$ = build_binary(parser, $1, $2, $3); }
  | expr "||" expr { $$ = build_binary(parser, $1, $2, $3); }
  | expr "??" expr { $$ = build_binary(parser, $1, $2, $3); }
  | expr "?" expr ":" expr { $$ = build_conditional(parser, $1, $3, $5); }
  ;

index: expr | error recover_index { $$ = build_failed(parser); };
recover_index: %empty { RECOVER(RECOVER_INDEX, false); };
group: expr | error recover_group { $$ = build_failed(parser); };
recover_group: %empty { RECOVER(RECOVER_GROUP, false); };

arguments: %empty { $$ = list_empty(); } | argument_list | argument_list ",";
argument_list:
    argument { $$ = list_of($1); }
  | argument_list "," argument { $$ = list_append($1, $3); }
  ;
argument: expr | error recover_argument { $$ = build_failed(parser); };
recover_argument: %empty { RECOVER(RECOVER_ARGUMENT, false); };

list_expr:
    "[" list_body "]" { $$ = build_braced(parser, NODE_LIST, $1, $2, $3); }
  | "[" FOR for_header ":" element "]" { $$ = build_list_for(parser, $1, $3, $5, $6); }
  ;
list_body: list_items | list_items list_item { $$ = list_append($1, $2); };
list_items:
    %empty { $$ = list_empty(); }
  | list_items separator
  | list_items list_item separator { $$ = list_append($1, $2); }
  ;
list_item: element | spread;
element: expr | error recover_element { $$ = build_failed(parser); };
recover_element: %empty { RECOVER(RECOVER_ELEMENT, false); };

string:
    STRING { $$ = literal_string(parser, $1); }
  | STRING_BEGIN pieces STRING_END { $$ = literal_template(parser, $1, $2, $3); }
  ;
pieces:
    %empty { $$ = list_empty(); }
  | pieces STRING_TEXT { $$ = list_append($1, literal_piece(parser, $2)); }
  | pieces INTERPOLATION_BEGIN interpolated INTERPOLATION_END { $$ = list_append($1, $3); }
  ;
interpolated: expr | error recover_interpolation { $$ = build_failed(parser); };
recover_interpolation: %empty { RECOVER(RECOVER_INTERPOLATION, false); };

%%

static int yyreport_syntax_error(const yypcontext_t *context, Parser *parser) {
    enum { MOST = 100 };
    yysymbol_kind_t symbols[MOST];
    TokenKind kinds[MOST];
    int count = yypcontext_expected_tokens(context, symbols, MOST);
    for (int index = 0; index < count; ++index) {
        kinds[index] = symbols[index] == YYSYMBOL_YYEOF ? TOK_END : (TokenKind)(symbols[index] - 2);
    }
    syntax_error(parser, kinds, count < 0 ? 0U : (unsigned)count);
    return 0;
}
