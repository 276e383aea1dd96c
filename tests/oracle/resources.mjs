#!/usr/bin/env node
/**
 * Writes programs with CloudFormation's resource types in them, for the proof that both back ends agree on what the library says of these.
 *
 *   resources.mjs DEPOTC FOLDER EVERY [DEPTH]
 *
 * FOLDER gets a folder for each program, main.depot in it. Of all types in the order of their names, each EVERYth is taken. All required
 * properties are filled, and the others down to DEPTH levels (2).
 */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const MANY = 64 << 20;
/** Types in one program: the limit of a template is 500. */
const PROGRAM_SIZE = 100;

const [depotc, folder, every, depth = "2"] = process.argv.slice(2);
if (every === undefined) {
  process.stderr.write("usage: resources.mjs DEPOTC FOLDER EVERY [DEPTH]\n");
  process.exit(2);
}

function reference(name) {
  return JSON.parse(execFileSync(depotc, ["stdlib", name, "--format", "json"], { maxBuffer: MANY }));
}

/** The alternatives of a type as the reference writes it: split at bars outside of words and brackets. */
function alternatives(text) {
  const parts = [""];
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const c = text[at];
    if (c === "\\" && quoted) parts[parts.length - 1] += text[at++];
    else if (c === '"') quoted = !quoted;
    else if (!quoted && "{([".includes(c)) depth++;
    else if (!quoted && "})]".includes(c)) depth--;
    else if (!quoted && depth === 0 && c === "|") {
      parts.push("");
      continue;
    }
    parts[parts.length - 1] += text[at];
  }
  return parts.map((part) => part.trim());
}

class Sample {
  constructor(facts, level) {
    this.types = new Map(facts.types.map((type) => [type.name, type]));
    this.level = level;
  }

  /** A value of the type that `text` writes; undefined if it would not end. */
  value(text, level, seen) {
    const first = alternatives(text)[0];
    if (first !== text) return this.value(first, level, seen);
    if (text.endsWith("[]")) {
      const element = this.value(text.slice(0, -2), level, seen);
      return element && `[${element}]`;
    }
    const group = /^\((.*)\)$/.exec(text);
    if (group) return this.value(group[1], level, seen);
    const map = /^\{ \[string\]: (.*) \}$/.exec(text);
    if (map) {
      const element = this.value(map[1], level, seen);
      return element && `{ Some_Key: ${element} }`;
    }
    switch (text) {
      case "string":
        return '"text"';
      case "int":
      case "number":
        return "7";
      case "bool":
        return "true";
      case "timestamp":
        return '"2026-01-31T06:00:00Z"';
      case "any":
        return '{ FreeForm: ["x", { Deep_Key: 1 }] }';
      default:
        return /^["\d]/.test(text) ? text : this.named(text, level, seen);
    }
  }

  named(name, level, seen) {
    const type = this.types.get(name);
    if (!type) throw new Error(`no type is called ${name}`);
    if (seen.includes(name)) return undefined;
    if (type?.properties) return this.object(type.properties, level + 1, [...seen, name]);
    return this.value(type.type, level, [...seen, name]);
  }

  object(properties, level, seen) {
    const members = [];
    for (const property of properties) {
      if (property.deprecated || (!property.required && level > this.level)) continue;
      const value = this.value(property.type, level, seen);
      if (value === undefined && property.required) return undefined;
      if (value) members.push(`${property.name}: ${value}`);
    }
    return `{ ${members.join(", ")} }`;
  }
}

/** Properties that every resource has are the base's. */
const base = reference("resource");
const common = new Set(base.properties.map((property) => property.name));
const types = base.constructs.map((one) => one.construct).filter((_, index) => index % Number(every) === 0);

function block(type) {
  const facts = reference(type);
  const own = facts.properties.filter((property) => !common.has(property.name) || property.type !== base.properties.find((one) => one.name === property.name).type);
  const attributes = facts.attributes.filter((one) => /^(string|int|number)$/.test(one.type)).map((one) => one.name);
  return { text: new Sample(facts, Number(depth)).object(own, 1, []), attributes };
}

function write(name, chosen) {
  const lines = ["environment all {", '  account: { name: "retail", id: aws.accountId }'];
  const outputs = [];
  chosen.forEach((type, index) => {
    const { text, attributes } = block(type);
    lines.push(`  resource r${index}: ${JSON.stringify(type.replace(/^resource\./, ""))} ${text}`);
    if (attributes.length > 0) outputs.push(attributes.map((one) => `\${r${index}.${one}}`).join(" "));
  });
  outputs.slice(0, 200).forEach((text, index) => lines.push(`  output o${index} = "${text}"`));
  lines.push("}");
  const target = path.join(folder, name);
  fs.mkdirSync(target, { recursive: true });
  fs.writeFileSync(path.join(target, "main.depot"), `${lines.join("\n")}\n`);
}

for (let from = 0; from < types.length; from += PROGRAM_SIZE) {
  write(`resources-${from / PROGRAM_SIZE + 1}`, types.slice(from, from + PROGRAM_SIZE));
}
