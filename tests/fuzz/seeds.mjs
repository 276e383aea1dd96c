// seeds.mjs ROOT OUT   writes what the targets begin with: OUT/TARGET/… of the repository's programs, and OUT/words, a
// dictionary of the words and signs of the language
//
// A golden becomes one text: main.depot, and its other files each behind a line `//// PATH`.

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

const [root, out] = process.argv.slice(2);
const LONGEST = 20000;

function* walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      yield* walk(path);
    } else if (entry.isFile()) {
      yield path;
    }
  }
}

function put(target, text) {
  if (text.length <= LONGEST) {
    const name = createHash("sha256").update(text).digest("hex").slice(0, 16);
    mkdirSync(join(out, target), { recursive: true });
    writeFileSync(join(out, target, name), text);
  }
}

/** A folder's program with all that it may read: `first` at the beginning, without a line of its own. */
function together(folder, first) {
  const others = [...walk(folder)]
    .filter((path) => /\.(depot|yaml|yml|json|txt|project)$/.test(path) && path !== join(folder, first) && !/\/diagnostics\.json$/.test(path) && !/\/(cfn|cdk)\//.test(path))
    .map((path) => `//// ${relative(folder, path)}\n${readFileSync(path, "utf8")}`);
  return [readFileSync(join(folder, first), "utf8"), ...others].join("\n");
}

const goldens = join(root, "tests/goldens");
for (const path of walk(goldens)) {
  if (path.endsWith(".depot")) {
    const text = readFileSync(path, "utf8");
    put("parse", text);
    put("format", text);
  }
}
for (const group of readdirSync(goldens)) {
  for (const name of readdirSync(join(goldens, group))) {
    const folder = join(goldens, group, name);
    const files = statSync(folder).isDirectory() ? readdirSync(folder) : [];
    if (files.includes("main.depot")) {
      put("compile", together(folder, "main.depot"));
      put("server", readFileSync(join(folder, "main.depot"), "utf8"));
    }
    if (files.includes("depot.project")) {
      put("project", together(folder, "depot.project"));
    }
  }
}
for (const path of walk(join(root, "docs"))) {
  const blocks = path.endsWith(".md") ? readFileSync(path, "utf8").matchAll(/^```depot[^\n]*\n(.*?)^```/gms) : [];
  for (const [, text] of blocks) {
    put("parse", text);
    put("compile", text);
  }
}

const words = new Set();
for (const [, spelling] of readFileSync(join(root, "grammar/tokens.def"), "utf8").matchAll(/^TOKEN\(\w+, "([^"]+)"/gm)) {
  words.add(spelling);
}
for (const name of readdirSync(join(root, "stdlib")).filter((file) => file.endsWith(".depot"))) {
  for (const [word] of readFileSync(join(root, "stdlib", name), "utf8").replace(/\/\/.*/g, "").matchAll(/[A-Za-z][A-Za-z0-9]+/g)) {
    words.add(word);
  }
}
for (const word of ['"""', "${", "//", "/*", "*/", "///", "//// schemas/Order.yaml", "kind: object"]) {
  words.add(word);
}
writeFileSync(join(out, "words"), [...words].map((word) => `"${word.replace(/"/g, '\\"')}"\n`).join(""));
