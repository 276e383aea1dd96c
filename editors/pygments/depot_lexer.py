"""Highlighting of the .depot language for Pygments, and all that highlights with it (Sphinx, MkDocs, LaTeX's minted)."""

from pygments.lexer import RegexLexer, bygroups, include, words
from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String, Text

# Begin of what editors/generate.mjs writes.
KEYWORDS = (
    "as", "at", "attribute", "construct", "deploy", "else", "existing", "expect", "extend", "false", "fn",
    "for", "from", "if", "import", "in", "is", "let", "module", "output", "param", "require", "rule", "schema",
    "test", "true", "type", "use", "when",
)
FUNCTIONS = (
    "all", "any", "bool", "camel", "cidr", "contains", "endsWith", "entries", "file", "flatten", "importValue",
    "int", "join", "json", "kebab", "keys", "length", "lower", "max", "merge", "min", "number", "pascal",
    "range", "replace", "secret", "sha256", "snake", "sort", "split", "ssm", "startsWith", "string", "sum",
    "trim", "unique", "upper", "upperSnake", "values", "zip",
)
TYPES = (
    "API", "Aurora", "Cognito", "Composite", "Default", "DynamoDB", "ElasticSearch", "Glue", "IAM", "Iceberg",
    "Lambda", "LambdaData", "LongRunning", "S3Tables", "Snowflake", "WebSocket",
)
MEMBERS = (
    "API", "COPY_ON_WRITE", "CREATE", "CSV", "DELETE", "DEPLOYMENT", "DESTROY", "DISCARD", "EXPORT",
    "EXTERNAL", "IMMEDIATE", "INSERT_IGNORE", "JSON", "JSONL", "LARGE", "MANAGED", "MEDIUM", "MERGE",
    "MERGE_ON_READ", "ONDEMAND", "PARQUET", "PATCH", "PROVISIONED", "REFRESH", "REPLICATION", "RETAIN",
    "ROLLUP", "SMALL", "SNAPSHOT", "TRANSACTION", "UPDATE", "UPSERT",
)
PLAIN = (
    "any", "bool", "int", "number", "secret", "string",
)
# End of what editors/generate.mjs writes.

_NAME = r"[A-Za-z_]\w*"
_KEYWORD = r"(?:%s)\b" % "|".join(KEYWORDS)


def _string(quote, text, one_line):
    """The inside of a string: escapes, what is interpolated, and its end."""
    end = [(r"\n", String, "#pop")] if one_line else [(r"\n", String)]
    return [
        (quote, String, "#pop"),
        (r"\\(?:u\{[0-9A-Fa-f]+\}|.)", String.Escape),
        (r"\$\{", String.Interpol, "interpolation"),
        *end,
        (text, String),
    ]


class DepotLexer(RegexLexer):
    """Programs that declare Depot environments."""

    name = "Depot"
    aliases = ["depot"]
    filenames = ["*.depot", "depot.project"]

    tokens = {
        "root": [
            (r"\n", Text),
            (r"(^[ \t]*|(?<=[{;,])[ \t]*)(existing[ \t]+)?((?!%s)[a-z]\w*)(?=\s+(?:/\*.*?\*/\s*)?%s)" % (_KEYWORD, _NAME),
             bygroups(Text, Keyword, Keyword.Type)),
            (r"[ \t\r]+", Text),
            (r"///.*", String.Doc),
            (r"//.*", Comment.Single),
            (r"/\*", Comment.Multiline, "block"),
            (r'"""', String, "triple"),
            (r'"', String, "double"),
            (r"'", String, "single"),
            (r"@" + _NAME, Name.Decorator),
            (r"\d[0-9_]*(?:\.\d[0-9_]*)?(?:[eE][-+]?\d[0-9_]*)?\b", Number),
            (r"(?:true|false)\b", Keyword.Constant),
            (_KEYWORD + r"(?!\s*\??\s*[:.(,}])", Keyword),
            (r"if\b(?=\s*\()", Keyword),
            (words(FUNCTIONS, suffix=r"(?=\s*\()"), Name.Builtin),
            (_NAME + r"(?=\s*\??\s*:)", Name.Attribute),
            (words(MEMBERS, suffix=r"\b"), Name.Constant),
            (words(TYPES + PLAIN, prefix=r"(?<=:)", suffix=r"\b"), Name.Class),
            (words(TYPES + PLAIN, prefix=r"(?<=: )", suffix=r"\b"), Name.Class),
            (_NAME, Name),
            (r"\{", Punctuation, "braces"),
            (r"[\]\[(),:;}]", Punctuation),
            (r".", Operator),
        ],
        "block": [(r"/\*", Comment.Multiline, "#push"), (r"\*/", Comment.Multiline, "#pop"), (r"[^*/]+|.", Comment.Multiline)],
        "braces": [(r"\}", Punctuation, "#pop"), include("root")],
        "interpolation": [(r"\}", String.Interpol, "#pop"), include("root")],
        "triple": _string(r'"""', r'[^"\\$\n]+|.', False),
        "double": _string(r'"', r'[^"\\$\n]+|.', True),
        "single": _string(r"'", r"[^'\\$\n]+|.", True),
    }
