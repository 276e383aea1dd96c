// node editors/generate.mjs DEPOTC [--check]: writes what editors know of the language into their files, between the lines
// that say so: keywords from the token table, kinds, types, members and functions from the compiler. With --check it writes
// nothing, and ends with exit code 1 if a file is not what it would write.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.dirname(HERE);
const depotc = path.resolve(process.argv[2]);
const check = process.argv.includes("--check");

const read = (name) => fs.readFileSync(path.join(ROOT, name), "utf8");
const sorted = (words) => [...new Set(words)].sort((one, other) => (one < other ? -1 : 1));

function stdlib(...words) {
  return JSON.parse(execFileSync(depotc, ["stdlib", ...words, "--format", "json"], { encoding: "utf8", maxBuffer: 1 << 28 }));
}

/** The names of all members of enumerations in what the compiler says of a construct. */
function members(facts, found = []) {
  if (Array.isArray(facts)) facts.forEach((one) => members(one, found));
  else if (facts && typeof facts === "object") {
    for (const [key, value] of Object.entries(facts)) {
      if (key === "members") found.push(...value.map(({ name }) => /^[A-Z][A-Z0-9_]*(?=\(|$)/.exec(name)?.[0]).filter(Boolean));
      members(value, found);
    }
  }
  return found;
}

const keywords = [...read("grammar/tokens.def").matchAll(/^TOKEN\(\w+, "(\w+)", .*CLASS_KEYWORD\)/gm)].map((match) => match[1]);
const functions = [...read("compiler/builtins.c").matchAll(/^ {4}\{"(\w+)", "[^"]*", '.', false,/gm)].map((match) => match[1]);
const constructs = stdlib().constructs.map(({ construct }) => construct.replace(/^existing /, "")).filter((name) => /^[a-z]\w*(\.\w+)?$/.test(name));
const words = {
  keywords: sorted(keywords),
  functions: sorted(functions),
  types: sorted(constructs.map((name) => name.split(".")[1]).filter(Boolean)),
  members: sorted(constructs.flatMap((name) => members(stdlib(name)))),
  plain: ["any", "bool", "int", "number", "secret", "string"],
};
for (const [name, list] of Object.entries(words)) {
  if (list.length < 3) throw new Error(`there are only ${list.length} ${name}`);
}

/** Lines of at most 110 columns, each with something around. */
function wrap(list, begin, end, between) {
  const lines = [];
  let line = "";
  for (const word of list) {
    if (line && begin.length + line.length + word.length + end.length > 110) {
      lines.push(begin + line + end);
      line = "";
    }
    line += (line ? between : "") + word;
  }
  return lines.concat(begin + line + end);
}

const vim = Object.entries(words).map(
  ([name, list]) => `let s:${name} = split(''\n${wrap(list, "      \\ . ' ", "'", " ").join("\n")})`,
);

const emacs = Object.entries(words).map(
  ([name, list]) => `(defconst depot-${name}\n  '(${wrap(list.map((word) => `"${word}"`), "", "", " ").join("\n    ")}))`,
);

/** The grammar for TextMate, which VS Code, Sublime, the editors of JetBrains and others read. */
function textmate() {
  const any = (list) => `(?:${list.join("|")})`;
  const name = "[A-Za-z_]\\w*";
  const string = (quote, scope, multiline) => ({
    name: `string.quoted.${scope}.depot`,
    begin: quote,
    end: multiline ? quote : `${quote}|$`,
    patterns: [
      { name: "constant.character.escape.depot", match: "\\\\(?:u\\{[0-9A-Fa-f]+\\}|.)" },
      { include: "#interpolation" },
    ],
  });
  const patterns = ["comments", "strings", "decorators", "numbers", "kinds", "booleans", "keywords", "functions", "properties", "types", "members", "braces"];
  const rules = {
    comments: [
      { name: "comment.line.documentation.depot", match: "///.*$" },
      { name: "comment.line.double-slash.depot", match: "//.*$" },
      { include: "#block" },
    ],
    strings: [string('"""', "triple", true), string('"', "double", false), string("'", "single", false)],
    decorators: [{ name: "entity.name.function.decorator.depot", match: `@${name}` }],
    numbers: [{ name: "constant.numeric.depot", match: "\\b\\d[0-9_]*(?:\\.\\d[0-9_]*)?(?:[eE][-+]?\\d[0-9_]*)?\\b" }],
    kinds: [
      {
        match: `(?:^|(?<=[{;,]))\\s*(?:(existing)\\s+)?(?!${any(words.keywords)}\\b)([a-z]\\w*)(?=\\s+(?:/\\*.*?\\*/\\s*)?${name})`,
        captures: { 1: { name: "keyword.control.depot" }, 2: { name: "entity.name.type.kind.depot" } },
      },
    ],
    booleans: [{ name: "constant.language.depot", match: "\\b(?:true|false)\\b" }],
    keywords: [
      { name: "keyword.control.depot", match: `\\b${any(words.keywords)}\\b(?!\\s*\\??\\s*[:.(,}])` },
      { name: "keyword.control.depot", match: "\\bif\\b(?=\\s*\\()" },
    ],
    functions: [{ name: "support.function.depot", match: `\\b${any(words.functions)}(?=\\s*\\()` }],
    properties: [{ name: "variable.other.property.depot", match: `\\b${name}(?=\\s*\\??\\s*:)` }],
    types: [{ match: `(?<=:)\\s*(${any(words.types.concat(words.plain))})\\b`, captures: { 1: { name: "support.type.depot" } } }],
    members: [{ name: "constant.other.member.depot", match: `\\b${any(words.members)}\\b(?!\\s*:)` }],
    braces: [{ begin: "\\{", end: "\\}", patterns: [{ include: "$self" }] }],
  };
  const repository = Object.fromEntries(Object.entries(rules).map(([rule, list]) => [rule, { patterns: list }]));
  repository.block = { name: "comment.block.depot", begin: "/\\*", end: "\\*/", patterns: [{ include: "#block" }] };
  repository.interpolation = {
    name: "meta.interpolation.depot",
    begin: "\\$\\{",
    end: "\\}",
    beginCaptures: { 0: { name: "punctuation.section.interpolation.depot" } },
    endCaptures: { 0: { name: "punctuation.section.interpolation.depot" } },
    patterns: [{ include: "$self" }],
  };
  const grammar = {
    $comment: "Written by editors/generate.mjs.",
    name: "Depot",
    scopeName: "source.depot",
    fileTypes: ["depot"],
    patterns: patterns.map((rule) => ({ include: `#${rule}` })),
    repository,
  };
  return `${JSON.stringify(grammar, null, 2)}\n`;
}

const python = Object.entries(words).map(
  ([name, list]) => `${name.toUpperCase()} = (\n${wrap(list.map((word) => `"${word}",`), "    ", "", " ").join("\n")}\n)`,
);

/** The syntax for Kate, KWrite, KDevelop and what else uses KDE's highlighter. */
function kate() {
  const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  const list = (name) => `    <list name="${name}">\n${words[name].map((word) => `      <item>${word}</item>`).join("\n")}\n    </list>`;
  const regex = (attribute, string, more = "") => `<RegExpr attribute="${attribute}" context="#stay" String="${escape(string)}"${more}/>`;
  const name = "[A-Za-z_]\\w*";
  const keyword = `(?:${words.keywords.join("|")})\\b`;
  const kind = `(?!${keyword})[a-z]\\w*(?=\\s+(?:/\\*.*?\\*/\\s*)?${name})`;
  const rules = [
    "<DetectSpaces/>",
    '<RegExpr attribute="Documentation" context="#stay" String="///.*$"/>',
    '<RegExpr attribute="Comment" context="#stay" String="//.*$"/>',
    '<Detect2Chars attribute="Comment" context="Block" char="/" char1="*" beginRegion="comment"/>',
    '<StringDetect attribute="String" context="Triple" String="&quot;&quot;&quot;"/>',
    '<DetectChar attribute="String" context="Double" char="&quot;"/>',
    '<DetectChar attribute="String" context="Single" char="\'"/>',
    regex("Decorator", `@${name}`),
    regex("Kind", `(?!existing\\s)${kind}`, ' firstNonSpace="true"'),
    regex("Kind", `(?:(?<=[{;,])|(?<=[{;,] )|(?<=existing ))${kind}`),
    regex("Number", "\\b\\d[0-9_]*(?:\\.\\d[0-9_]*)?(?:[eE][-+]?\\d[0-9_]*)?\\b"),
    regex("Constant", "\\b(?:true|false)\\b"),
    regex("Keyword", `\\b${keyword}(?!\\s*\\??\\s*[:.(,}])`),
    regex("Keyword", "\\bif\\b(?=\\s*\\()"),
    regex("Function", `\\b(?:${words.functions.join("|")})(?=\\s*\\()`),
    regex("Property", `\\b${name}(?=\\s*\\??\\s*:)`),
    '<keyword attribute="Member" context="#stay" String="members"/>',
    regex("Type", `(?:(?<=:)|(?<=: ))(?:${words.types.concat(words.plain).join("|")})\\b`),
    "<DetectIdentifier/>",
  ];
  const indent = (lines) => lines.map((line) => `        ${line}`).join("\n");
  const context = (title, attribute, end, lines) => `      <context name="${title}" attribute="${attribute}" lineEndContext="${end}">\n${indent(lines)}\n      </context>`;
  const string = (title, end, last) =>
    context(title, "String", end, [
      last,
      regex("Escape", "\\\\(?:u\\{[0-9A-Fa-f]+\\}|.)"),
      '<Detect2Chars attribute="Interpolation" context="Interpolation" char="$" char1="{"/>',
    ]);
  const pop = (char, attribute) => `<DetectChar attribute="${attribute}" context="#pop" char="${char}"/>`;
  const contexts = [
    context("File", "Normal Text", "#stay", [
      '<DetectChar attribute="Normal Text" context="#stay" char="{" beginRegion="block"/>',
      '<DetectChar attribute="Normal Text" context="#stay" char="}" endRegion="block"/>',
      '<IncludeRules context="Code"/>',
    ]),
    context("Code", "Normal Text", "#stay", rules),
    context("Block", "Comment", "#stay", [
      '<Detect2Chars attribute="Comment" context="Block" char="/" char1="*" beginRegion="comment"/>',
      '<Detect2Chars attribute="Comment" context="#pop" char="*" char1="/" endRegion="comment"/>',
    ]),
    string("Triple", "#stay", '<StringDetect attribute="String" context="#pop" String="&quot;&quot;&quot;"/>'),
    string("Double", "#pop", pop("&quot;", "String")),
    string("Single", "#pop", pop("'", "String")),
    context("Interpolation", "Normal Text", "#stay", [
      pop("}", "Interpolation"),
      '<DetectChar attribute="Normal Text" context="Braces" char="{"/>',
      '<IncludeRules context="Code"/>',
    ]),
    context("Braces", "Normal Text", "#stay", [
      pop("}", "Normal Text"),
      '<DetectChar attribute="Normal Text" context="Braces" char="{"/>',
      '<IncludeRules context="Code"/>',
    ]),
  ];
  const styles = {
    "Normal Text": "dsNormal", Comment: "dsComment", Documentation: "dsDocumentation", String: "dsString", Escape: "dsSpecialChar",
    Interpolation: "dsSpecialChar", Number: "dsDecVal", Keyword: "dsKeyword", Kind: "dsKeyword", Constant: "dsConstant",
    Function: "dsFunction", Property: "dsAttribute", Member: "dsConstant", Type: "dsDataType", Decorator: "dsAnnotation",
  };
  const data = Object.entries(styles).map(([title, style]) => `      <itemData name="${title}" defStyleNum="${style}"/>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- Written by editors/generate.mjs. -->
<!DOCTYPE language>
<language name="Depot" section="Configuration" version="1" kateversion="5.62" extensions="*.depot;depot.project" indenter="cstyle" license="Apache-2.0" casesensitive="1">
  <highlighting>
${list("members")}
    <contexts>
${contexts.join("\n")}
    </contexts>
    <itemDatas>
${data.join("\n")}
    </itemDatas>
  </highlighting>
  <general>
    <comments>
      <comment name="singleLine" start="//"/>
      <comment name="multiLine" start="/*" end="*/" region="comment"/>
    </comments>
    <keywords casesensitive="1"/>
  </general>
</language>
`;
}

/** Snippets: a declaration of each construct with the properties that it must have. */
function snippets() {
  const found = {};
  const all = stdlib().constructs.map(({ construct }) => construct);
  for (const construct of all) {
    if (all.some((other) => other.startsWith(`${construct}.`))) continue; // what its types have in common
    if (!/^(existing )?[a-z]\w*(\.\w+)?$/.test(construct)) continue;
    const { doc, properties = [] } = stdlib(construct);
    const [kind, type] = construct.split(".");
    const needed = properties.filter((property) => property.required && property.name !== "name");
    const lines = needed.map(({ name }, index) => `\t${name}: $${index + 2}`);
    const head = `${kind} \${1:name}${type ? `: ${type}` : ""} {`;
    found[construct] = { prefix: construct, body: [head, ...lines, ...(lines.length ? [] : ["\t$0"]), "}"], description: doc?.split("\n")[0] ?? construct };
  }
  return `${JSON.stringify(found, null, 2)}\n`;
}

/** What tree-sitter's nodes are, in the names that Neovim, Zed and code hosts know, or in Helix's (`named`). */
function highlights(named = {}) {
  const as = (name) => `@${named[name] ?? name}`;
  const any = (list) => `[\n${wrap(list.map((word) => JSON.stringify(word)), "  ", "", " ").join("\n")}\n]`;
  const one = (list) => `#any-of? ${as("function.builtin")}\n${wrap(list.map((word) => JSON.stringify(word)), "    ", "", " ").join("\n")}`;
  return `; Written by editors/generate.mjs.

(name (identifier) ${as("variable")})
((name (identifier) ${as("constant")}) (#match? ${as("constant")} "^[A-Z][A-Z0-9_]*$"))
(member name: (identifier) ${as("property")})
(call function: (name (identifier) ${as("function.call")}))
((call function: (name (identifier) ${as("function.builtin")}))
  (${one(words.functions)}))

(property name: (identifier) ${as("property")})
(shorthand name: (identifier) ${as("property")})
(property_declaration name: (identifier) ${as("property")})
(decorated_property name: (identifier) ${as("property")})
(attribute name: (identifier) ${as("property")})
(parameters (property_declaration name: (identifier) ${as("variable.parameter")}))

(resource kind: (identifier) ${as("type.kind")})
(resource name: (identifier) ${as("variable.declaration")})
(type_name (identifier) ${as("type")})
((type_name (identifier) ${as("type.builtin")}) (#any-of? ${as("type.builtin")} ${words.plain.map((word) => JSON.stringify(word)).join(" ")}))
(map_declaration (identifier) ${as("type")})

(param name: (identifier) ${as("variable.parameter")})
(let name: (identifier) ${as("variable.declaration")})
(output name: (identifier) ${as("property")})
(fn name: (identifier) ${as("function")})
(module name: (identifier) ${as("type")})
(use name: (identifier) ${as("variable.declaration")})
(use module: (type_name (identifier) ${as("type")}))
(for variable: (identifier) ${as("variable.declaration")})
(list_for variable: (identifier) ${as("variable.declaration")})
(object_for variable: (identifier) ${as("variable.declaration")})
(rule subject: (identifier) ${as("variable.declaration")})
(clause target: (identifier) ${as("property")})
(import name: (identifier) ${as("variable.declaration")})
(import_name (identifier) ${as("variable.declaration")})
(decorator "@" ${as("attribute")} name: (identifier) ${as("attribute")})

(string) ${as("string")}
(escape) ${as("string.escape")}
(interpolation "\${" ${as("punctuation.special")} "}" ${as("punctuation.special")})
(number) ${as("number")}
(boolean) ${as("boolean")}
[(comment) (block_comment)] ${as("comment")}
(doc_comment) ${as("comment.documentation")}

${any(words.keywords.filter((word) => word !== "true" && word !== "false"))} ${as("keyword")}

["=" "?" "??" "||" "&&" "==" "!=" "<" "<=" ">" ">=" "+" "-" "*" "/" "%" "!" "|" "..."] ${as("operator")}
["{" "}" "[" "]" "(" ")"] ${as("punctuation.bracket")}
["," ":" "."] ${as("punctuation.delimiter")}
`;
}

/** Names of Neovim that Helix has others for. */
const HELIX = {
  number: "constant.numeric", boolean: "constant.builtin.boolean", property: "variable.other.member", "function.call": "function",
  "string.escape": "constant.character.escape", "comment.documentation": "comment.block.documentation", "variable.declaration": "variable",
  "type.kind": "type",
};
const PLAIN = { "variable.declaration": "variable", "type.kind": "type" };

/** file → [the mark of a comment, the lines between]; without a mark, all of the file. */
const FILES = {
  "vim/syntax/depot.vim": ['"', vim.join("\n")],
  "emacs/depot-mode.el": [";;", emacs.join("\n")],
  "vscode/syntaxes/depot.tmLanguage.json": [null, textmate()],
  "vscode/snippets/depot.json": [null, snippets()],
  "kate/depot.xml": [null, kate()],
  "pygments/depot_lexer.py": ["#", python.join("\n")],
  "tree-sitter/queries/highlights.scm": [null, highlights(PLAIN)],
  "tree-sitter/queries/helix/highlights.scm": [null, highlights(HELIX)],
};

/** The file with new lines between those that say where. */
function between(name, old, mark, text) {
  const [begin, end] = [`${mark} Begin of what editors/generate.mjs writes.\n`, `${mark} End of what editors/generate.mjs writes.\n`];
  const [from, to] = [old.indexOf(begin), old.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${name} does not say where`);
  return `${old.slice(0, from)}${begin}${text}\n${old.slice(to)}`;
}

let stale = 0;
for (const [name, [mark, text]] of Object.entries(FILES)) {
  const file = path.join(HERE, name);
  const old = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
  const next = mark === null ? text : between(name, old, mark, text);
  if (next === old) continue;
  if (check) {
    console.log(`editors/${name} is out of date: run node editors/generate.mjs DEPOTC`);
    stale++;
  } else {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, next);
  }
}
process.exit(stale > 0 ? 1 : 0);
