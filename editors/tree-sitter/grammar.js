// The grammar of .depot for tree-sitter: that of grammar/depot.y, for programs that are right. What separates members at line ends
// is decided in src/scanner.c, as in compiler/feed.c. Keywords are contextual: each is a name wherever none is expected.
// src/parser.c is made of it: see README.md.

const PREC = { conditional: 1, coalesce: 2, or: 3, and: 4, equal: 5, compare: 6, add: 7, multiply: 8, unary: 9, postfix: 10 };

// Keywords that begin a member, and are the name of a property, or of a kind, all the same.
const BEGINNERS = [
  "import", "param", "deploy", "let", "type", "existing", "if", "for", "output", "construct", "attribute", "rule", "require", "fn",
  "module", "use", "test", "expect", "schema", "extend",
];

const binary = [
  ["??", PREC.coalesce], ["||", PREC.or], ["&&", PREC.and], ["==", PREC.equal], ["!=", PREC.equal], ["<", PREC.compare],
  ["<=", PREC.compare], [">", PREC.compare], [">=", PREC.compare], ["+", PREC.add], ["-", PREC.add], ["*", PREC.multiply],
  ["/", PREC.multiply], ["%", PREC.multiply],
];

const commaList = (rule) => optional(seq(rule, repeat(seq(",", rule)), optional(",")));

module.exports = grammar({
  name: "depot",

  // A line end that separates members, and one that does not though it might; a comment in which others may stand; the texts of
  // strings, in which nothing is a comment; and what no rule ever takes: the scanner sees by it that the parser is lost, and tries
  // everything.
  externals: ($) => [$._line_end, $._continuation, $.block_comment, $._double_text, $._single_text, $._lines_text, $._lost],

  extras: ($) => [/[\s\uFEFF]/, $.doc_comment, $.comment, $.block_comment, $._continuation],

  word: ($) => $.identifier,

  supertypes: ($) => [$.expression, $.type],

  // A block may stand on the next line.
  conflicts: ($) => [[$.use], [$.attribute]],

  rules: {
    file: ($) => members($, $._member),

    block: ($) => seq("{", members($, $._member), "}"),
    object: ($) => seq("{", members($, $._member), "}"),
    construct_block: ($) => seq("{", members($, $._construct_member), "}"),

    _member: ($) => seq(repeat($.decorator), choice($.property, $.shorthand, $.spread, $._declaration)),

    property: ($) => seq(field("name", choice($._member_name, $.string, $.computed)), ":", field("value", $.expression)),
    shorthand: ($) => field("name", $._member_name),
    computed: ($) => seq("[", $.expression, "]"),
    spread: ($) => seq("...", $.expression),

    _member_name: ($) => choice($.identifier, alias(choice(...BEGINNERS), $.identifier)),

    // Declarations

    _declaration: ($) =>
      choice(
        $.import, $.param, $.let, $.fn, $.typedef, $.output, $.resource, $.module, $.use, $.if, $.for, $.construct, $.rule, $.schema,
        $.test, $.expect,
      ),

    import: ($) =>
      seq("import", choice(seq($.import_names, "from"), seq("*", "as", field("name", $.identifier), "from"), blank()), field("path", $.string)),
    import_names: ($) => seq("{", members($, $.import_name), "}"),
    import_name: ($) => seq(field("name", $.identifier), optional(seq("as", field("alias", $.identifier)))),

    param: ($) => seq(optional("deploy"), "param", field("name", $.identifier), ":", field("type", $.type), optional(seq("=", field("default", $.expression)))),
    let: ($) => seq("let", field("name", $.identifier), optional(seq(":", field("type", $.type))), "=", field("value", $.expression)),
    output: ($) => seq("output", field("name", $.identifier), optional(seq(":", field("type", $.type))), "=", field("value", $.expression)),
    typedef: ($) => seq(optional(seq(optional("existing"), "extend")), "type", field("name", $.type_name), "=", field("type", $.type)),
    fn: ($) => seq("fn", field("name", $.identifier), $.parameters, optional(seq(":", field("type", $.type))), "=", field("value", $.expression)),
    parameters: ($) => seq("(", commaList(seq(repeat($.decorator), $.property_declaration)), ")"),

    resource: ($) =>
      seq(
        optional("existing"),
        field("kind", $.identifier),
        field("name", $.identifier),
        optional($.key),
        optional(seq(":", field("type", choice($.type_name, $.string)))),
        field("body", $.block),
      ),
    key: ($) => seq("[", $.expression, "]"),

    if: ($) => seq("if", field("condition", $.expression), $.block, optional($.else)),
    else: ($) => seq("else", choice($.block, $.if)),
    for: ($) => seq("for", $._for_header, $.block),
    _for_header: ($) =>
      seq(
        field("variable", $.identifier),
        optional(seq(",", field("variable", $.identifier))),
        "in",
        field("list", $.expression),
        optional(seq("if", field("condition", $.expression))),
      ),

    module: ($) => seq("module", field("name", $.identifier), optional($.parameters), $.block),
    use: ($) => seq("use", field("module", $.type_name), "as", field("name", $.identifier), optional($.key), optional(seq(optional($._line_end), $.block))),

    test: ($) => seq("test", field("name", $.string), $.block),
    expect: ($) => seq("expect", $.expression),

    schema: ($) => seq("schema", field("name", $.type_name), optional(seq(":", field("type", choice($.type_name, $.string)))), $.construct_block),

    // Constructs and rules

    construct: ($) => seq(optional("existing"), choice("construct", "extend"), $._construct_name, $.construct_block),
    _construct_name: ($) => seq(field("name", $.type_name), optional(seq(":", field("type", $.string)))),
    _construct_member: ($) => seq(repeat($.decorator), choice($.property_declaration, $.decorated_property, $.attribute, $.rule, $.clause)),
    decorated_property: ($) => seq(field("name", $._member_name), repeat1($.decorator)),
    property_declaration: ($) =>
      prec.right(
        seq(
          field("name", $._member_name),
          optional("?"),
          ":",
          field("type", $.type),
          optional(seq("=", field("default", $.expression), repeat($.decorator))),
        ),
      ),
    attribute: ($) => seq("attribute", field("name", $.identifier), ":", field("type", $.type), optional(seq(optional($._line_end), $.object))),
    clause: ($) => seq(field("target", $.identifier), optional($.string), $.object),

    rule: ($) =>
      seq(
        "rule",
        field("id", $.string),
        field("message", $.string),
        optional(seq("for", $._construct_name, optional(seq("as", field("subject", $.identifier))))),
        optional(seq("when", field("condition", $.expression))),
        "{",
        members($, $.require),
        "}",
      ),
    require: ($) => seq("require", $.expression, optional(seq("at", $.expression))),

    decorator: ($) => prec.right(seq("@", field("name", $.identifier), optional($.arguments))),

    // Types

    type: ($) => choice($.union_type, $._alternative),
    union_type: ($) => prec.left(seq(choice(seq("|", $._alternative), seq($._alternative, "|", $._alternative)), repeat(seq("|", $._alternative)))),
    _alternative: ($) => choice($.decorated_type, $._postfix_type),
    decorated_type: ($) => prec.right(seq($._postfix_type, repeat1($.decorator))),
    _postfix_type: ($) => choice($.list_type, $._primary_type),
    list_type: ($) => prec(PREC.postfix, seq($._postfix_type, "[", "]")),
    _primary_type: ($) => choice($.type_name, $.case_type, $.group_type, $.object_type, $.string, $.number, $.negative_number, $.boolean),
    group_type: ($) => seq("(", $.type, ")"),
    case_type: ($) => seq($.type_name, $.parameters),
    negative_number: ($) => seq("-", $.number),
    object_type: ($) => seq("{", members($, seq(repeat($.decorator), choice($.property_declaration, $.map_declaration))), "}"),
    map_declaration: ($) => seq("[", $.identifier, optional(seq(":", $.identifier)), "]", ":", field("type", $.type)),
    type_name: ($) => prec.right(seq($.identifier, repeat(seq(".", $.identifier)))),

    // Expressions

    expression: ($) =>
      choice(
        $.name, $.number, $.boolean, $.string, $.list, $.list_for, $.object, $.object_for, $.group, $.member, $.index, $.all, $.call,
        $.unary, $.binary, $.is, $.conditional,
      ),
    name: ($) => $.identifier,
    group: ($) => seq("(", $.expression, ")"),
    member: ($) => prec(PREC.postfix, seq(field("object", $.expression), ".", field("name", $.identifier))),
    index: ($) => prec(PREC.postfix, seq(field("object", $.expression), "[", field("index", $.expression), "]")),
    all: ($) => prec(PREC.postfix, seq(field("object", $.expression), "[", "*", "]")),
    call: ($) => prec(PREC.postfix, seq(field("function", $.expression), $.arguments)),
    arguments: ($) => seq("(", commaList($.expression), ")"),
    unary: ($) => prec(PREC.unary, seq(field("operator", choice("!", "-")), $.expression)),
    binary: ($) => choice(...binary.map(([operator, level]) => prec.left(level, seq($.expression, field("operator", operator), $.expression)))),
    is: ($) => prec.left(PREC.compare, seq($.expression, "is", field("type", $.type_name))),
    conditional: ($) => prec.right(PREC.conditional, seq(field("condition", $.expression), "?", $.expression, ":", $.expression)),

    list: ($) => seq("[", members($, choice($.expression, $.spread)), "]"),
    list_for: ($) => seq("[", optional($._separators), "for", $._for_header, ":", $.expression, optional($._separators), "]"),
    object_for: ($) => seq("{", optional($._separators), "for", $._for_header, ":", $.computed, ":", $.expression, optional($._separators), "}"),

    _separators: ($) => repeat1(choice($._line_end, ",")),

    // Tokens

    string: ($) =>
      choice(
        seq('"""', repeat(choice(alias($._lines_text, $.text), $.escape, $.interpolation)), token.immediate('"""')),
        seq('"', repeat(choice(alias($._double_text, $.text), $.escape, $.interpolation)), token.immediate('"')),
        seq("'", repeat(choice(alias($._single_text, $.text), $.escape, $.interpolation)), token.immediate("'")),
      ),
    escape: () => token.immediate(prec(1, /\\(u\{[0-9A-Fa-f]+\}|[^\n\r])/)),
    interpolation: ($) => seq(token.immediate(prec(2, "${")), $.expression, "}"),

    identifier: () => /[A-Za-z_][A-Za-z0-9_]*/,
    boolean: () => choice("true", "false"),
    number: () => token(/(0|[1-9](_?[0-9])*)(\.[0-9](_?[0-9])*)?([eE][+-]?[0-9](_?[0-9])*)?/),

    doc_comment: () => token(seq("///", optional(/[^\/\n\r][^\n\r]*/))),
    comment: () => token(choice(seq("//", optional(/[^\/\n\r][^\n\r]*/)), seq("////", /[^\n\r]*/))),
  },
});

/** Members or elements with commas or line ends between them. */
function members($, member) {
  return seq(optional($._separators), optional(seq(member, repeat(seq($._separators, member)), optional($._separators))));
}
