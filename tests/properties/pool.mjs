// What programs are made of: for each construct of the library its properties, and for each property the values that the library's
// examples and those of the repository give it. A new construct joins by its example.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** The tree that depot-dump prints: nodes { kind, text, start, end, children }, offsets counting characters. */
export function parse(dump, file) {
  const text = fs.readFileSync(file, "utf8");
  const begins = [0];
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) begins.push(i + 1);
  const root = { children: [] };
  const path_ = [root];
  const printed = execFileSync(dump, ["tree", file], { encoding: "utf8", maxBuffer: 1 << 28 });
  for (const match of printed.matchAll(/^( *)([\w-]+)(.*?)  (\d+):(\d+)\.\.(\d+):(\d+)$/gm)) {
    const [, indent, kind, rest, ...places] = match;
    const [line, column, lastLine, lastColumn] = places.map(Number);
    const node = { kind, rest: rest.trim(), start: begins[line - 1] + column - 1, end: begins[lastLine - 1] + lastColumn - 1, children: [] };
    node.text = text.slice(node.start, node.end);
    const depth = indent.length / 2 + 1;
    path_.length = depth;
    path_[depth - 1].children.push(node);
    path_.push(node);
  }
  return root.children[0];
}

const child = (node, kind) => node.children.find((one) => one.kind === kind);

/** Every node below, itself first. */
function* all(node) {
  yield node;
  for (const one of node.children) yield* all(one);
}

/** { kind, type, name, block } of a resource; undefined if it has a key or something else that is special. */
function headOf(node) {
  const head = child(node, "head");
  const block = child(node, "block");
  if (!head || !block || head.children.some(({ kind }) => kind !== "name" && kind !== "type-name")) return undefined;
  const type = child(head, "type-name")?.text;
  const name = child(head, "name")?.text;
  return name && { construct: type ? `${head.rest}.${type}` : head.rest, name, block };
}

/**
 * The value as a template: text, references { construct } to resources, and parameters { parameter, text }. Undefined if it names
 * something else that the program declares.
 */
function template(value, resources, parameters, declared) {
  const parts = [];
  let at = value.start;
  for (const node of all(value)) {
    if (node.kind !== "name") continue;
    if (resources.has(node.text)) {
      parts.push(value.text.slice(at - value.start, node.start - value.start), { construct: resources.get(node.text) });
      at = node.end;
    } else if (parameters.has(node.text)) {
      parts.push(value.text.slice(at - value.start, node.start - value.start), { parameter: node.text, text: parameters.get(node.text) });
      at = node.end;
    } else if (declared.has(node.text)) {
      return undefined;
    }
  }
  parts.push(value.text.slice(at - value.start));
  return parts;
}

export class Pool {
  /** construct → property → templates of values */
  values = new Map();

  constructor(depotc, dump, work) {
    this.depotc = depotc;
    this.dump = dump;
    this.work = work;
    const list = this.#stdlib().constructs.map(({ construct }) => construct);
    this.constructs = list.filter((name) => /^[a-z]\w*(\.\w+)?$/.test(name) && !list.some((other) => other.startsWith(`${name}.`)));
    this.facts = new Map(this.constructs.map((construct) => [construct, this.#stdlib(construct)]));
    for (const { examples = [] } of this.facts.values()) examples.forEach((text) => this.#take(text));
  }

  #stdlib(...words) {
    return JSON.parse(execFileSync(this.depotc, ["stdlib", ...words, "--format", "json"], { encoding: "utf8", maxBuffer: 1 << 28 }));
  }

  /** Takes the values of a program. */
  #take(text) {
    const file = path.join(this.work, "example.depot");
    fs.writeFileSync(file, text);
    this.takeFile(file);
  }

  takeFile(file) {
    const tree = parse(this.dump, file);
    const nodes = [...all(tree)];
    const heads = nodes.filter(({ kind }) => kind === "resource").map(headOf).filter(Boolean);
    const resources = new Map(heads.map(({ name, construct }) => [name, construct]));
    const parameters = new Map(tree.children.filter(({ kind }) => kind === "param").map((node) => [node.children.find(({ kind }) => kind === "name")?.text ?? node.rest.split(" ")[0], node.text]));
    const declared = new Set(nodes.filter(({ kind }) => ["let", "import", "import-name", "fn", "for-header", "module", "use"].includes(kind)).flatMap((node) => node.text.match(/\w+/g) ?? []));
    for (const { construct, block } of heads) {
      for (const property of block.children.filter(({ kind }) => kind === "property")) {
        const value = property.children.at(-1);
        const name = property.rest;
        const parts = property.children.length === 2 ? template(value, resources, parameters, declared) : undefined;
        if (parts) this.#add(construct, name, parts);
      }
    }
  }

  #add(construct, name, parts) {
    if (!this.values.has(construct)) this.values.set(construct, new Map());
    const own = this.values.get(construct);
    own.set(name, [...(own.get(name) ?? []), parts]);
  }
}
