// node tests/editors/tree_grammar.mjs: what stands in editors/tree-sitter/src is what editors/tree-sitter/generate made of
// grammar.js. What the grammar says is computed here; what was made of it is told by the sums in origin.txt.
import { createHash } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";

const folder = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "..", "..", "editors", "tree-sitter");
const read = (name) => fs.readFileSync(path.join(folder, name), "utf8");

function rule(value) {
  if (typeof value === "string") return { type: "STRING", value };
  if (value instanceof RegExp) return { type: "PATTERN", value: value.source };
  return value;
}

const BLANK = { type: "BLANK" };
const ranked = (type) => (level, content) => (content === undefined ? { type, value: 0, content: rule(level) } : { type, value: level, content: rule(content) });
const symbols = new Proxy({}, { get: (_, name) => ({ type: "SYMBOL", name }) });

Object.assign(globalThis, {
  blank: () => BLANK,
  seq: (...members) => ({ type: "SEQ", members: members.map(rule) }),
  choice: (...members) => ({ type: "CHOICE", members: members.map(rule) }),
  optional: (content) => ({ type: "CHOICE", members: [rule(content), BLANK] }),
  repeat: (content) => ({ type: "REPEAT", content: rule(content) }),
  repeat1: (content) => ({ type: "REPEAT1", content: rule(content) }),
  field: (name, content) => ({ type: "FIELD", name, content: rule(content) }),
  alias: (content, value) => (typeof value === "string" ? { type: "ALIAS", content: rule(content), named: false, value } : { type: "ALIAS", content: rule(content), named: true, value: value.name }),
  token: Object.assign((content) => ({ type: "TOKEN", content: rule(content) }), { immediate: (content) => ({ type: "IMMEDIATE_TOKEN", content: rule(content) }) }),
  prec: Object.assign(ranked("PREC"), { left: ranked("PREC_LEFT"), right: ranked("PREC_RIGHT") }),
  grammar: ({ name, word, rules, extras, conflicts, externals, supertypes }) => {
    const names = (list) => list(symbols).map((symbol) => symbol.name);
    return {
      name,
      word: word(symbols).name,
      rules: Object.fromEntries(Object.entries(rules).map(([key, make]) => [key, rule(make(symbols))])),
      extras: extras(symbols).map(rule),
      conflicts: conflicts(symbols).map((list) => list.map((symbol) => symbol.name)),
      precedences: [],
      externals: externals(symbols).map(rule),
      inline: [],
      supertypes: names(supertypes),
    };
  },
});

const wrong = [];
const said = createRequire(import.meta.url)(path.join(folder, "grammar.js"));
const made = JSON.parse(read("src/grammar.json"));
delete made.$schema;
if (!isDeepStrictEqual(said, made)) wrong.push("src/grammar.json is not what grammar.js says");
for (const [, sum, name] of read("src/origin.txt").matchAll(/^([0-9a-f]{64}) {2}(\S+)$/gm)) {
  if (createHash("sha256").update(read(`src/${name}`)).digest("hex") !== sum) wrong.push(`src/${name} was changed since it was made`);
}
for (const line of wrong) console.log(`${line}: run editors/tree-sitter/generate`);
process.exit(wrong.length > 0 ? 1 : 0);
