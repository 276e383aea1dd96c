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

/** Texts among which there is one for each pattern of the library. */
const TEXTS = [
  "text",
  "longer-text",
  "111122223333",
  "ou-a1b2-a1b2c3d4",
  "vpc-0a1b2c3d",
  "subnet-0a1b2c3d",
  "orders@example.com",
  "arn:aws:iam::111122223333:role/run",
  "arn:aws:kms:eu-west-1:111122223333:key/1a2b3c4d",
  "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0a1b2c3d",
];

/** The arguments of a decorator among the constraints of a property, or undefined. */
function argumentsOf(constraints, name) {
  const found = constraints.find((one) => one.startsWith(`@${name}(`));
  return found && JSON.parse(`[${found.slice(name.length + 2, -1)}]`);
}

/** A text that the constraints allow. */
function textFor(constraints) {
  const [word] = argumentsOf(constraints, "words") ?? [];
  const [pattern] = argumentsOf(constraints, "pattern") ?? [""];
  const [least, most = Infinity] = argumentsOf(constraints, "length") ?? [0];
  const long = "text".repeat(1 + least / 4).slice(0, Math.max(least, 4));
  const found = word ?? [...TEXTS, long, long.slice(0, most)].find((one) => one.length >= least && one.length <= most && new RegExp(pattern).test(one));
  if (found === undefined) throw new Error(`no text is known for ${constraints.join(" ")}`);
  return JSON.stringify(found);
}

/** A list of as many elements as the constraints ask for; they are about its elements otherwise. */
function listFor(constraints, element) {
  const [least] = argumentsOf(constraints, "length") ?? [1];
  return `[${Array(Math.max(least, 1)).fill(element).join(", ")}]`;
}

function numberFor(constraints) {
  const [least, most = Infinity] = argumentsOf(constraints, "range") ?? [0];
  return String(least <= 7 && most >= 7 ? 7 : Math.max(least, 0));
}

class Sample {
  constructor(facts, level) {
    this.types = new Map(facts.types.map((type) => [type.name, type]));
    this.level = level;
  }

  /** A value of the type that `text` writes, within constraints; undefined if it would not end. */
  value(text, level, seen, constraints = []) {
    const first = alternatives(text)[0];
    if (first !== text) return this.value(first, level, seen, constraints);
    if (text.endsWith("[]")) {
      const about = constraints.filter((one) => !one.startsWith("@length("));
      const element = this.value(text.slice(0, -2), level, seen, about);
      return element && listFor(constraints, element);
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
        return textFor(constraints);
      case "int":
      case "number":
        return numberFor(constraints);
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
      const value = this.value(property.type, level, seen, property.constraints);
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
