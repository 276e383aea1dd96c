; Written by editors/generate.mjs.

(name (identifier) @variable)
((name (identifier) @constant) (#match? @constant "^[A-Z][A-Z0-9_]*$"))
(member name: (identifier) @variable.other.member)
(call function: (name (identifier) @function))
((call function: (name (identifier) @function.builtin))
  (#any-of? @function.builtin
    "all" "any" "bool" "camel" "cidr" "contains" "endsWith" "entries" "file" "flatten" "importValue" "int"
    "join" "json" "kebab" "keys" "length" "lower" "max" "merge" "min" "number" "pascal" "range" "replace"
    "secret" "sha256" "snake" "sort" "split" "ssm" "startsWith" "string" "sum" "trim" "unique" "upper"
    "upperSnake" "values" "zip"))

(property name: (identifier) @variable.other.member)
(shorthand name: (identifier) @variable.other.member)
(property_declaration name: (identifier) @variable.other.member)
(decorated_property name: (identifier) @variable.other.member)
(attribute name: (identifier) @variable.other.member)
(parameters (property_declaration name: (identifier) @variable.parameter))

(resource kind: (identifier) @type)
(resource name: (identifier) @variable)
(type_name (identifier) @type)
((type_name (identifier) @type.builtin) (#any-of? @type.builtin "any" "bool" "int" "number" "secret" "string"))
(map_declaration (identifier) @type)

(param name: (identifier) @variable.parameter)
(let name: (identifier) @variable)
(output name: (identifier) @variable.other.member)
(fn name: (identifier) @function)
(module name: (identifier) @type)
(use name: (identifier) @variable)
(use module: (type_name (identifier) @type))
(for variable: (identifier) @variable)
(list_for variable: (identifier) @variable)
(object_for variable: (identifier) @variable)
(rule subject: (identifier) @variable)
(clause target: (identifier) @variable.other.member)
(import name: (identifier) @variable)
(import_name (identifier) @variable)
(decorator "@" @attribute name: (identifier) @attribute)

(string) @string
(escape) @constant.character.escape
(interpolation "${" @punctuation.special "}" @punctuation.special)
(number) @constant.numeric
(boolean) @constant.builtin.boolean
[(comment) (block_comment)] @comment
(doc_comment) @comment.block.documentation

[
  "as" "at" "attribute" "construct" "deploy" "else" "existing" "expect" "extend" "fn" "for" "from" "if"
  "import" "in" "is" "let" "module" "output" "param" "require" "rule" "schema" "test" "type" "use" "when"
] @keyword

["=" "?" "??" "||" "&&" "==" "!=" "<" "<=" ">" ">=" "+" "-" "*" "/" "%" "!" "|" "..."] @operator
["{" "}" "[" "]" "(" ")"] @punctuation.bracket
["," ":" "."] @punctuation.delimiter
