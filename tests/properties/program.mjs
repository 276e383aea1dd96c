// Random programs of what the pool has. What the compiler refuses is taken out until nothing is refused: the rest is right.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const MOST_RESOURCES = 9;
const MOST_REPAIRS = 25;
const DEPTH = 3;
const OPTIONAL = 0.5;

const SCHEMAS = {
  "schemas/Order.yaml": "type: object\nproperties:\n  number: string\n  total: number\n",
  "schemas/Item.yaml": "type: object\nproperties:\n  order:\n    type: string\n",
};

/** One program: an environment, its properties, and resources { construct, name, properties: [name, parts] }. */
export class Program {
  resources = [];
  /** name → the declaration */
  #parameters = new Map();
  #numbers = 0;

  constructor(pool, random) {
    this.pool = pool;
    this.random = random;
    this.container = { construct: "environment", name: "shop", properties: [] };
    this.#fill(this.container, 0);
    const kinds = pool.constructs.filter((name) => name !== this.container.construct && pool.values.has(name));
    for (let i = 1 + this.#count(MOST_RESOURCES); i > 0; i--) this.#add(this.#pick(kinds), 0);
  }

  #count(below) {
    return Math.floor(this.random() * below);
  }

  #pick(list) {
    return list[this.#count(list.length)];
  }

  #add(construct, depth) {
    const resource = { construct, name: `${construct.split(".")[0]}${++this.#numbers}`, properties: [] };
    this.#fill(resource, depth);
    this.resources.push(resource);
    return resource;
  }

  /** Gives it what it must have, and some of what it may. */
  #fill(resource, depth) {
    const values = this.pool.values.get(resource.construct) ?? new Map();
    for (const { name, required } of this.pool.facts.get(resource.construct).properties ?? []) {
      if (name === "name" || !values.has(name) || (!required && this.random() > OPTIONAL)) continue;
      resource.properties.push([name, this.#pick(values.get(name)).map((part) => this.#made(part, depth))]);
    }
  }

  /** What stands for a part of a value. */
  #made(part, depth) {
    if (part.construct) return this.#reference(part.construct, depth);
    if (!part.parameter) return part;
    const known = this.#parameters.get(part.parameter);
    if (known !== undefined && known !== part.text) return { name: "missing" }; // another program's, of another type
    this.#parameters.set(part.parameter, part.text);
    return { name: part.parameter };
  }

  /** A resource of the construct: one that is there, or a new one. */
  #reference(construct, depth) {
    const known = this.resources.filter((one) => one.construct === construct);
    if (known.length > 0 && (depth >= DEPTH || this.random() < 0.6)) return this.#pick(known);
    return depth < DEPTH && this.pool.facts.has(construct) ? this.#add(construct, depth + 1) : { name: "missing" };
  }

  /** The text, and `this.places`: what each of its lines is of, { resource, property }. */
  text(order = this.resources) {
    const lines = [];
    this.places = [];
    const put = (text, place) => {
      for (const line of text.split("\n")) {
        lines.push(line);
        this.places.push(place);
      }
    };
    const block = (resource, indent) => {
      for (const property of resource.properties) {
        const value = property[1].map((part) => part.name ?? part).join("");
        put(`${indent}${property[0]}: ${value}`, { resource, property });
      }
    };
    this.#parameters.forEach((declaration) => put(declaration, undefined));
    put(`${this.container.construct} ${this.container.name} {`, { resource: this.container });
    block(this.container, "  ");
    for (const resource of order) {
      const [kind, type] = resource.construct.split(".");
      put(`  ${kind} ${resource.name}${type ? `: ${type}` : ""} {`, { resource });
      block(resource, "    ");
      put("  }", { resource });
    }
    put("}", { resource: this.container });
    return `${lines.join("\n")}\n`;
  }

  #remove({ resource, property }) {
    const required = property && this.pool.facts.get(resource.construct).properties.find(({ name }) => name === property[0])?.required;
    if (property && !required) {
      resource.properties = resource.properties.filter((one) => one !== property);
    } else if (resource !== this.container) {
      this.resources = this.resources.filter((one) => one !== resource);
    } else {
      return false;
    }
    return true;
  }

  /** Takes out what is refused. False: something that cannot go is. */
  repair(folder) {
    for (let round = 0; round < MOST_REPAIRS; round++) {
      const errors = check(this.pool.depotc, folder, this.text());
      if (errors.length === 0) return this.resources.length > 0;
      const places = errors.map(({ file, range }) => (file === "main.depot" ? this.places[range.start.line] : undefined)).filter(Boolean); // else it follows from another
      const blamed = [...new Set(places.map((place) => place.property ?? place.resource))];
      const removed = blamed.map((one) => this.#remove(places.find((place) => (place.property ?? place.resource) === one)));
      if (!removed.includes(true)) return false;
    }
    return false;
  }
}

export function write(folder, text) {
  for (const [name, content] of Object.entries({ ...SCHEMAS, "main.depot": text })) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
}

/** The errors of a program. */
export function check(depotc, folder, text) {
  write(folder, text);
  const { stderr, status, signal } = spawnSync(depotc, ["check", "--no-project", "--diagnostics", "json", "main.depot"], { cwd: folder, encoding: "utf8" });
  if (signal || status >= 70) throw new Error(`depotc ended with ${signal ?? status}: ${stderr}`);
  return JSON.parse(stderr).diagnostics.filter(({ severity }) => severity === "error");
}
