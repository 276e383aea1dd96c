// node tests/editors/highlight.mjs DUMP vim|emacs|textmate|kate|pygments|tree FILE…: compares what an editor takes the tokens of programs for with what
// the lexer says they are. Ends with `N passed, N failed`; N counts programs.
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
const [dump, editor, ...files] = process.argv.slice(2);
const work = fs.mkdtempSync(path.join(os.tmpdir(), "depotc-editors-"));

const keywords = new Map(
  [...fs.readFileSync(path.join(ROOT, "grammar", "tokens.def"), "utf8").matchAll(/^TOKEN\((\w+), "(\w+)", .*CLASS_KEYWORD\)/gm)].map((match) => [match[1], match[2]]),
);

const words = new Set(keywords.values());

/** What a token is, in words that all editors share; undefined: nothing is said of it. */
function kindOf(kind) {
  if (kind === "COMMENT" || kind === "DOC") return "comment";
  if (kind === "STRING" || kind === "STRING_TEXT") return "string";
  if (kind === "INTEGER" || kind === "DECIMAL") return "number";
  if (keywords.has(kind)) return "keyword";
  if (kind === "KIND") return "kind";
  return kind === "NAME" ? "name" : undefined;
}

/**
 * [file, line, column, kind] of tokens; columns count characters from 1. Text that begins with a line end has no place, and of
 * names that are spelled like keywords only the grammar tells that they are names.
 */
function tokens(file) {
  const lines = fs.readFileSync(file, "utf8").replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  const text = execFileSync(dump, ["tokens", file], { encoding: "utf8", maxBuffer: 1 << 28 });
  return [...text.matchAll(/^(\d+):(\d+)\.\.\d+:\d+ (\w+)/gm)]
    .map(([, line, column, kind]) => [file, Number(line), Number(column), kindOf(kind)])
    .filter(([, line, column, kind]) => kind && column <= [...lines[line - 1]].length)
    .filter(([, line, column, kind]) => kind !== "name" || !words.has(/^\w*/.exec([...lines[line - 1]].slice(column - 1).join(""))[0]));
}

/** What the groups of an editor may be for each kind. */
const GROUPS = {
  vim: {
    comment: /^depot(Comment|Doc)$/,
    string: /^depot(String|Escape)$/,
    number: /^depotNumber$/,
    keyword: /^depot(Keyword|Boolean)$/,
    kind: /^depotKind$/,
    name: /^(depot(Property|Type|Member|Function|Interpolation|Decorator|Braces|Kind))?$/,
  },
  textmate: {
    comment: /^comment/,
    string: /^(string|constant\.character)/,
    number: /^constant\.numeric/,
    keyword: /^(keyword|constant\.language)/,
    kind: /^entity\.name\.type/,
    name: /^(source|meta|variable|support|constant\.other|entity)/,
  },
  pygments: {
    comment: /^Token\.(Comment|Literal\.String\.Doc)/,
    string: /^Token\.Literal\.String/,
    number: /^Token\.Literal\.Number/,
    keyword: /^Token\.Keyword(\.Constant)?$/,
    kind: /^Token\.Keyword\.Type$/,
    name: /^Token\.(Name|Keyword\.Type)/,
  },
  tree: {
    comment: /^comment/,
    string: /^string/,
    number: /^number$/,
    keyword: /^(keyword|boolean)$/,
    kind: /^type$/,
    name: /^(variable|constant|property|function|type|attribute)/,
  },
  kate: {
    comment: /^(Comment|Documentation)$/,
    string: /^(String|Escape)$/,
    number: /^Number$/,
    keyword: /^(Keyword|Constant)$/,
    kind: /^Kind$/,
    name: /^(Normal Text|Property|Type|Member|Function|Decorator|Kind)$/,
  },
  emacs: {
    comment: /comment/,
    string: /string/,
    number: /^(nil|font-lock-string-face)$/,
    keyword: /keyword|constant/,
    kind: /type/,
    // What is interpolated in a string stays a string.
    name: /^(nil|font-lock-(string|variable-name|type|constant|function-name|preprocessor)-face)$/,
  },
};

/** The same with VS Code's own tokeniser; NODE_MODULES is where it is installed. The innermost scope of each place. */
async function askTextMate(places) {
  const require = createRequire(path.join(path.resolve(process.env.NODE_MODULES), "x.js"));
  const [textmate, oniguruma] = [require("vscode-textmate"), require("vscode-oniguruma")];
  await oniguruma.loadWASM(fs.readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")));
  const onigLib = Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  });
  const file = path.join(ROOT, "editors", "vscode", "syntaxes", "depot.tmLanguage.json");
  const loadGrammar = async () => textmate.parseRawGrammar(fs.readFileSync(file, "utf8"), file);
  const grammar = await new textmate.Registry({ onigLib, loadGrammar }).loadGrammar("source.depot");
  const known = new Map();
  const scopesOf = (name) => {
    if (!known.has(name)) {
      let stack = textmate.INITIAL;
      known.set(
        name,
        fs
          .readFileSync(name, "utf8")
          .replace(/^\uFEFF/, "")
          .split(/\r\n|\n|\r/)
          .map((line) => {
            const result = grammar.tokenizeLine(line, stack);
            stack = result.ruleStack;
            return [line, result.tokens];
          }),
      );
    }
    return known.get(name);
  };
  return places.map(([name, line, column]) => {
    const [text, list] = scopesOf(name)[line - 1];
    const index = [...text].slice(0, column - 1).join("").length;
    return list.find((token) => token.startIndex <= index && index < token.endIndex)?.scopes.at(-1) ?? "";
  });
}

/** Runs the editor over `places`; the groups, one per place. */
function ask(places) {
  const [input, output] = [path.join(work, "places"), path.join(work, "groups")];
  fs.writeFileSync(input, places.map(([file, line, column]) => `${file}\t${line}\t${column}\n`).join(""));
  const here = path.join(ROOT, "tests", "editors");
  const commands = {
    vim: ["vim", ["-N", "-u", "NONE", "-i", "NONE", "-es", "-c", `source ${here}/highlight.vim`]],
    pygments: ["python3", [`${here}/highlight.py`]],
    tree: ["nvim", ["--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", `luafile ${here}/highlight_tree.lua`, "-c", "cquit"]],
    emacs: ["emacs", ["-Q", "--batch", "-l", `${ROOT}/editors/emacs/depot-mode.el`, "-l", `${here}/highlight.el`]],
  };
  const [program, args] = commands[editor];
  const result = spawnSync(program, args, {
    encoding: "utf8",
    timeout: 300_000,
    env: { ...process.env, PLACES: input, GROUPS: output, EDITORS: path.join(ROOT, "editors"), LC_ALL: "C.UTF-8" },
  });
  if (!fs.existsSync(output)) throw new Error(`${editor} wrote nothing: ${result.stdout}${result.stderr}`);
  return fs.readFileSync(output, "utf8").replace(/\n$/, "").split("\n");
}

/**
 * The same with KDE's highlighter. It tells formats by their colours alone: in a copy of the syntax each has one of its own.
 */
function askKate(places) {
  const names = [];
  const syntax = fs.readFileSync(path.join(ROOT, "editors", "kate", "depot.xml"), "utf8").replace(/<itemData name="([^"]*)"/g, (text, name) => {
    names.push(name);
    return `${text} color="#0000${names.length.toString(16).padStart(2, "0")}"`;
  });
  const folder = path.join(work, "org.kde.syntax-highlighting", "syntax");
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "depot.xml"), syntax);
  const env = { ...process.env, XDG_DATA_HOME: work, QT_QPA_PLATFORM: "offscreen", LC_ALL: "C.UTF-8" };
  const known = new Map();
  const formatsOf = (file) => {
    if (!known.has(file)) {
      const { stdout, stderr } = spawnSync("kate-syntax-highlighter", ["-s", "Depot", file], { encoding: "utf8", env, maxBuffer: 1 << 28 });
      if (!stdout.includes("<pre")) throw new Error(`Kate's highlighter wrote nothing: ${stderr}`);
      const body = stdout.slice(stdout.indexOf("<pre"), stdout.lastIndexOf("</pre>")).replace(/^<pre[^>]*>\n?/, "");
      known.set(file, body.split("\n").map((line) => characters(line, names)));
    }
    return known.get(file);
  };
  return places.map(([file, line, column]) => formatsOf(file)[line - 1]?.[column - 1] ?? "");
}

/** The format of each character of a line of Kate's HTML. */
function characters(html, names) {
  const formats = [];
  let format = "Normal Text";
  for (const [part, colour, text] of html.matchAll(/<span style="[^"]*?color:#0000(..)[^"]*">|<\/span>|<[^>]*>|(&\w+;|[^<])/gsu)) {
    if (colour) format = names[Number.parseInt(colour, 16) - 1] ?? "?";
    else if (part === "</span>") format = "Normal Text";
    else if (text) formats.push(format);
  }
  return formats;
}

/**
 * The grammar for tree-sitter is that of programs that are right: what the compiler mends is an error there. Emacs' syntax tables end
 * a string at the first quote: a string in what is interpolated in another one is not seen.
 */
const LIMITS = { vim: [], textmate: [], pygments: [], kate: [], tree: ["language/paste", "fmt/broken-", "fmt/no-program"], emacs: ["language/deploy-values/", "language/strings/"] };
const judged = files.filter((file) => !LIMITS[editor].some((limit) => file.includes(limit)));

const places = judged.flatMap(tokens);
const groups = editor === "textmate" ? await askTextMate(places) : editor === "kate" ? askKate(places) : ask(places);
const wrong = new Map();
places.forEach(([file, line, column, kind], index) => {
  if (!GROUPS[editor][kind].test(groups[index] ?? "(none)")) {
    wrong.set(file, [...(wrong.get(file) ?? []), `${file}:${line}:${column}: a ${kind} is \`${groups[index]}\``]);
  }
});
for (const list of wrong.values()) console.log(`FAILED ${list.slice(0, 3).join("\n    ")}`);
fs.rmSync(work, { recursive: true });
console.log(`${judged.length - wrong.size} passed, ${wrong.size} failed`);
process.exit(wrong.size > 0 || groups.length !== places.length ? 1 : 0);
