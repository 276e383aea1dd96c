// What aws-cdk-lib's generated L1 classes say of themselves: the class and module of a resource type, and how each property and
// attribute is called there. Read from the generated JavaScript, so that exceptions to the naming rules are facts.
import { readFileSync, readdirSync, existsSync } from "node:fs";
import { join } from "node:path";

const OTHER_FILES = /-(augmentations|canned-metrics|grants|mixins|events|facades)\.generated\.js$/

/** The text up to the bracket that closes the one at `open`. */
function balanced(text, open) {
  let depth = 0;
  let quote = "";
  for (let at = open; at < text.length; at++) {
    const c = text[at];
    if (quote) {
      if (c === "\\") at++;
      else if (c === quote) quote = "";
    } else if (c === '"' || c === "'" || c === "`") quote = c;
    else if (c === "{" || c === "(" || c === "[") depth++;
    else if (c === "}" || c === ")" || c === "]") {
      depth--;
      if (depth === 0) return text.slice(open + 1, at);
    }
  }
  throw new Error("unbalanced generated code");
}

/** Splits at commas outside of brackets. */
function split(text) {
  const parts = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const c = text[at];
    if ("{([".includes(c)) depth++;
    else if ("})]".includes(c)) depth--;
    else if (c === "," && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** A converter expression as a type: "string", "any", { list }, { map }, { struct }, { union }. */
function converterType(text) {
  const plain = text.replaceAll("cdk().", "").trim();
  let match = /^(string|boolean|number|object|date)ToCloudFormation$/.exec(plain);
  if (match) return { kind: { object: "any", date: "date" }[match[1]] ?? match[1] };
  if (plain === "eventPatternToCloudFormation") return { kind: "any" }; // keys of an event stay, its own are renamed if in camel case
  match = /^convert(.+)ToCloudFormation$/.exec(plain);
  if (match) return { kind: "struct", name: match[1] };
  if (plain === "cfnTagToCloudFormation") return { kind: "tag" };
  match = /^(listMapper|hashMapper|unionMapper)\(/.exec(plain);
  if (!match) throw new Error(`converter not understood: ${plain.slice(0, 200)}`);
  const inner = balanced(plain, match[0].length - 1);
  if (match[1] === "listMapper") return { kind: "list", element: converterType(inner) };
  if (match[1] === "hashMapper") return { kind: "map", element: converterType(inner) };
  const converters = split(inner)[1].trim();
  return { kind: "union", types: split(converters.slice(1, -1)).map(converterType) };
}

/** CloudFormation name → { name, type } of one generated converter function. */
function members(body) {
  const start = body.indexOf("assertSuccess()");
  const open = body.indexOf("{", start);
  const result = new Map();
  if (start < 0 || open < 0) return result;
  for (const pair of split(balanced(body, open))) {
    const match = /^"?([A-Za-z0-9_]+)"?:([\s\S]*)\(properties\.([A-Za-z0-9_$]+)\)$/.exec(pair.trim());
    if (!match) throw new Error(`member not understood: ${pair.slice(0, 200)}`);
    result.set(match[1], { name: match[3], type: converterType(match[2]) });
  }
  return result;
}

function structsOf(text) {
  const structs = new Map();
  const pattern = /function convert([A-Za-z0-9_]+)ToCloudFormation\(properties\)\{/g;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    structs.set(match[1], members(balanced(text, match.index + match[0].length - 1)));
  }
  return structs;
}

function requiredOf(text) {
  const required = new Map();
  const pattern = /function ([A-Za-z0-9_]+)Validator\(properties\)\{/g;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const body = balanced(text, match.index + match[0].length - 1);
    const names = [...body.matchAll(/propertyValidator\("([A-Za-z0-9_$]+)",cdk\(\)\.requiredValidator\)/g)];
    required.set(match[1], new Set(names.map((one) => one[1])));
  }
  return required;
}

function attributesOf(text) {
  const attributes = new Map();
  for (const match of text.matchAll(/get (attr[A-Z0-9_]\w*)\(\)\{return ([^}]*?this\.getAtt\("([^"]+)"(?:,cdk\(\)\.ResolutionTypeHint\.([A-Z_]+))?\)[^}]*)\}/g)) {
    attributes.set(match[3], { name: match[1], type: match[4] ?? "ANY" });
  }
  return attributes;
}

/** The classes of a generated file, each with the text up to the next one. */
function classesOf(text) {
  const found = [];
  for (const match of text.matchAll(/fqn:"aws-cdk-lib\.([A-Za-z0-9_]+)\.(Cfn[A-Za-z0-9_]+)"[^;]*;static CFN_RESOURCE_TYPE_NAME="([^"]+)"/g)) {
    found.push({ at: match.index, module: match[1], class: match[2], type: match[3] });
  }
  return found.map((one, index) => ({ ...one, text: text.slice(one.at, found[index + 1]?.at ?? text.length) }));
}

/** All L1 classes of an installed aws-cdk-lib: resource type → facts. */
export function readClasses(library) {
  const classes = new Map();
  for (const folder of readdirSync(library)) {
    const lib = join(library, folder, "lib");
    if (!/^(aws|alexa)-/.test(folder) || !existsSync(lib)) continue;
    for (const file of readdirSync(lib)) {
      if (!file.endsWith(".generated.js") || OTHER_FILES.test(file)) continue;
      const text = readFileSync(join(lib, file), "utf8");
      const structs = structsOf(text);
      const required = requiredOf(text);
      for (const one of classesOf(text)) {
        classes.set(one.type, {
          module: one.module,
          class: one.class,
          attributes: attributesOf(one.text),
          tags: /TagManager\(cdk\(\)\.TagType\.([A-Z_]+)/.exec(one.text)?.[1],
          structs,
          required,
        });
      }
    }
  }
  return classes;
}
