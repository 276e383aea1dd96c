// One resource type as a chapter of resources.depot. Where the L1 class of aws-cdk-lib and the model differ, the narrower of both
// is written, because both back ends must be able to write the value.
import { constraintsOf } from "./constraints.mjs";

/** The words of a name, as depotc and aws-cdk-lib find them. */
function words(name) {
  const found = [];
  let word = "";
  for (let at = 0; at < name.length; at++) {
    const c = name[at];
    const before = name[at - 1] ?? "";
    const upper = /[A-Z]/.test(c);
    const begins = upper && (/[a-z0-9]/.test(before) || (/[A-Z]/.test(before) && /[a-z]/.test(name[at + 1] ?? "")));
    if ((begins || !/[A-Za-z0-9]/.test(c)) && word) {
      found.push(word);
      word = "";
    }
    if (/[A-Za-z0-9]/.test(c)) word += c.toLowerCase();
  }
  return word ? [...found, word] : found;
}
const capital = (word) => word[0].toUpperCase() + word.slice(1);
const pascal = (name) => words(name).map(capital).join("");
const camel = (name) => words(name).map((word, index) => (index ? capital(word) : word)).join("");

/** Attributes of a resource in a template that the base construct declares for all types. */
const RESOURCE_ATTRIBUTES = ["DeletionPolicy", "UpdateReplacePolicy", "Metadata", "CreationPolicy", "UpdatePolicy"];
/** The model does not say what is confidential. What is called so may be a reference to a secret. */
const CONFIDENTIAL = /Password|Passphrase|Secret|Token|Credential|AuthString|PrivateKey|ApiKey|AccessKey|ConnectionString|Username|UserName|User$/;
const TAG = "CfnTag";
const SCALARS = { string: "string", number: "number", boolean: "bool", any: "any", date: "timestamp", tag: TAG };

class Chapter {
  constructor(type, resource, definitions, l1) {
    Object.assign(this, { type, resource, definitions, l1: usable(l1, resource) ? l1 : undefined });
    this.names = new Map(); // name of a type → what it is made from
    this.queue = [];
    this.tag = false;
  }

  /** The generated struct of a type definition, or undefined. */
  struct(name) {
    return this.l1?.structs.get(`${this.l1.class}${name}`);
  }

  /** The name of the type definition behind a struct of L1. */
  definitionName(struct) {
    return struct.slice(this.l1.class.length).replace(/Property$/, "");
  }

  use(name, definition) {
    if (!this.names.has(name)) {
      this.names.set(name, definition);
      this.queue.push(name);
    }
    return name;
  }

  useStruct(struct) {
    const name = this.definitionName(struct);
    const definition = [...this.definitions.values()].find((one) => one.name === name);
    return this.use(name, definition);
  }

  /** A type of L1, where the model has none or another. */
  fromL1(type) {
    if (type.kind === "list") return `${this.grouped(this.fromL1(type.element))}[]`;
    if (type.kind === "map") return `{ [string]: ${this.fromL1(type.element)} }`;
    if (type.kind === "struct") return this.useStruct(type.name);
    if (type.kind === "union") return this.union(type.types.map((one) => this.fromL1(one)));
    this.tag ||= type.kind === "tag";
    return SCALARS[type.kind];
  }

  grouped(text) {
    return text.includes(" | ") ? `(${text})` : text;
  }

  union(texts) {
    const distinct = [...new Set(texts)];
    return distinct.includes("any") ? "any" : distinct.join(" | ");
  }

  fromModel(type) {
    switch (type.type) {
      case "string":
        return type.allowedValues?.length ? this.choice(type.allowedValues) : "string";
      case "integer":
        return type.allowedValues?.length ? type.allowedValues.join(" | ") : "int";
      case "number":
        return "number";
      case "boolean":
        return "bool";
      case "json":
        return "any";
      case "date-time":
        return "timestamp";
      case "tag":
        this.tag = true;
        return TAG;
      case "array":
        return `${this.grouped(this.fromModel(type.element))}[]`;
      case "map":
        return `{ [string]: ${this.fromModel(type.element)} }`;
      case "ref": {
        const definition = this.definitions.get(type.reference.$ref);
        return this.use(definition.name, definition);
      }
      case "union":
        return this.union(type.types.map((one) => this.fromModel(one)));
      default:
        throw new Error(`type of the model not understood: ${type.type}`);
    }
  }

  /** What is known only at deployment may stand for one of the words too. */
  choice(values) {
    return [...new Set(values)].map((one) => JSON.stringify(one).replaceAll("${", "\\${")).join(" | ") + " | deployed";
  }

  /** Whether the structs in two types of one shape are the same. */
  sameStructs(type, l1) {
    if (type.element) return this.sameStructs(type.element, l1.element);
    if (type.type !== "ref") return true;
    return this.definitions.get(type.reference.$ref).name === this.definitionName(l1.name);
  }

  /** The type of a property, and whether L1 takes it as it stands in the template. */
  propertyType(property, member) {
    if (!property) return { text: this.fromL1(member.type), plain: false };
    const known = shapeOfModel(property.type);
    const here = member ? shapeOfL1(member.type) : known;
    if (known === here && (!member || this.sameStructs(property.type, member.type))) {
      return { text: this.fromModel(property.type), plain: false };
    }
    if (here === "any") return { text: this.fromModel(property.type), plain: /struct|tag/.test(known) };
    return { text: this.fromL1(member.type), plain: false };
  }

  properties(place, list, struct, required, indent, extra) {
    const lines = [];
    const names = [...new Set([...Object.keys(list), ...(struct?.keys() ?? [])])].sort();
    for (const name of names) {
      const property = list[name];
      const member = struct?.get(name);
      if (property?.deprecated === "IGNORE" || (!member && struct)) continue;
      const { text: own, plain } = this.tagMap(name, extra) ?? this.propertyType(property, member);
      const text = own === "string" && CONFIDENTIAL.test(name) ? "string | secret" : own;
      const needed = property?.required || (member && required?.has(member.name));
      const marks = [];
      if (member && member.name !== camel(name)) marks.push(`@key("${member.name}")`);
      if (plain) marks.push("@plain");
      if (property?.deprecated) marks.push("@deprecated");
      if (extra?.(name)) marks.push(extra(name));
      if (owns(text)) marks.push(...constraintsOf(`${place}.${name}`, property));
      lines.push(`${indent}${name}${needed ? "" : "?"}: ${text}${marks.map((mark) => ` ${mark}`).join("")}`);
    }
    return lines;
  }

  /** How aws-cdk-lib's tag manager takes the property: "STANDARD", "MAP", …; undefined if it does not. */
  tagging(name) {
    const property = this.resource?.tagInformation?.tagPropertyName ?? "Tags";
    return this.l1?.tags !== "NOT_TAGGABLE" && name === property ? this.l1?.tags : undefined;
  }

  /** Tags that are a map; `top`: the property is the resource's own. */
  tagMap(name, top) {
    return top && this.tagging(name) === "MAP" ? { text: "{ [string]: string }", plain: false } : undefined;
  }

  /** Lists of tags are sorted by aws-cdk-lib; without tags there is no property. */
  tagMark(name) {
    const tagging = this.tagging(name);
    const sorted = ["STANDARD", "AUTOSCALING_GROUP"].includes(tagging);
    return tagging && `${sorted ? '@sorted("Key") ' : ""}@omitEmpty`;
  }

  attributes() {
    const nested = new Map();
    const all = Object.keys(this.resource?.attributes ?? {});
    for (const name of this.l1?.attributes.keys() ?? []) if (!all.includes(name)) all.push(name);
    for (const name of all.sort()) {
      if (this.l1 && (!this.l1.attributes.has(name) || (name.includes(".") && this.oddName(name)))) continue;
      const [root, ...rest] = name.split(".");
      const leaves = nested.get(root) ?? new Map();
      nested.set(root, leaves.set(rest.join("."), this.attributeType(name)));
    }
    return [...nested].map(([root, leaves]) => {
      const odd = [...leaves.keys()].map((rest) => (rest ? `${root}.${rest}` : root)).filter((name) => this.oddName(name));
      return `  attribute ${root}: ${nestedType(leaves)}${odd.map((name) => ` @key("${this.l1.attributes.get(name).name}")`).join("")}`;
    });
  }

  oddName(name) {
    return this.l1 && this.l1.attributes.get(name).name !== `attr${pascal(name)}`;
  }

  /** Objects are `{}`: of what lies in them, the model lists what can be asked for. */
  attributeType(name) {
    const hint = this.l1?.attributes.get(name)?.type;
    const model = this.resource?.attributes[name]?.type.type;
    if (hint === "NUMBER") return model === "integer" ? "int" : "number";
    if (hint === "STRING_LIST") return "string[]";
    if (hint === "STRING") return "string";
    if (model === "boolean") return "bool";
    if (model === "array") return "any[]";
    if (this.l1) return "{}";
    return { integer: "int", number: "number", string: "string" }[model] ?? "{}";
  }

  render() {
    const body = [];
    if (this.l1) body.push(`@cdk(symbol("*.${this.l1.class}", "aws-cdk-lib/${this.l1.module.replaceAll("_", "-")}"))`);
    const own = this.resource?.properties ?? {};
    const struct = this.l1?.structs.get(`${this.l1.class}Props`);
    const clash = RESOURCE_ATTRIBUTES.filter((name) => own[name] || struct?.has(name));
    if (clash.length) {
      const kept = RESOURCE_ATTRIBUTES.filter((name) => !clash.includes(name));
      body.push(`@attributes({ ${kept.map((name) => `${name}: ${name}`).join(", ")} })`);
    }
    if (this.resource?.cloudFormationTransform) body.push(`@transform("${this.resource.cloudFormationTransform}")`);
    body.push(`construct resource: "${this.type}" {`);
    const props = this.l1 && this.l1.required.get(`${this.l1.class}Props`);
    body.push(...this.properties(this.type, own, struct, props, "  ", (name) => this.tagMark(name)));
    body.push(...this.attributes(), "}");
    const types = [];
    while (this.queue.length) types.push(this.queue.shift(), ...[]) && this.define(types.at(-1), body);
    if (this.tag) body.push(`type ${TAG} = { Key: string, Value: string }`);
    return `// chapter: construct resource.${this.type}\n${body.join("\n")}`;
  }

  define(name, body) {
    const definition = this.names.get(name);
    const struct = this.struct(`${name}Property`);
    const required = this.l1?.required.get(`${this.l1.class}${name}Property`);
    const lines = this.properties(`${this.type}.${name}`, definition?.properties ?? {}, struct, required, "  ");
    body.push(lines.length ? `type ${name} = {\n${lines.join("\n")}\n}` : `type ${name} = {}`);
  }
}

/** Types whose values constraints of the documentation are about. */
const owns = (text) => /^(string|string \| secret|int|number)$|\[\]$/.test(text);

/** Some classes hand a property to the tag manager that is no list of tags, and fail. */
function usable(l1, resource) {
  const tags = l1?.structs.get(`${l1.class}Props`)?.get(resource?.tagInformation?.tagPropertyName ?? "Tags");
  return l1 && !(l1.tags === "STANDARD" && tags && shapeOfL1(tags.type) === "struct");
}

function shapeOfModel(type) {
  switch (type.type) {
    case "string":
      return "string";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "json":
      return "any";
    case "date-time":
      return "date";
    case "array":
      return `list<${shapeOfModel(type.element)}>`;
    case "map":
      return `map<${shapeOfModel(type.element)}>`;
    case "ref":
      return "struct";
    case "union": {
      const shapes = [...new Set(type.types.map(shapeOfModel))];
      return shapes.includes("any") ? "any" : shapes.length === 1 ? shapes[0] : `union<${shapes.sort().join()}>`;
    }
    default:
      return type.type;
  }
}

function shapeOfL1(type) {
  if (type.kind === "list" || type.kind === "map") return `${type.kind}<${shapeOfL1(type.element)}>`;
  if (type.kind === "union") {
    const shapes = [...new Set(type.types.map(shapeOfL1))];
    return shapes.includes("any") ? "any" : shapes.length === 1 ? shapes[0] : `union<${shapes.sort().join()}>`;
  }
  return type.kind;
}

/** `{ Address: string, Port: string }` for the attributes below a name, or the type of the name itself. */
function nestedType(leaves) {
  if (leaves.size === 1 && leaves.has("")) return leaves.get("");
  const groups = new Map();
  for (const [path, type] of leaves) {
    if (!path) continue;
    const [root, ...rest] = path.split(".");
    groups.set(root, (groups.get(root) ?? new Map()).set(rest.join("."), type));
  }
  return `{ ${[...groups].map(([root, inner]) => `${root}: ${nestedType(inner)}`).join(", ")} }`;
}

/** The chapter of a resource type; `resource` or `l1` may be missing, not both. */
export function renderResource(type, resource, definitions, l1) {
  return new Chapter(type, resource, definitions, l1).render();
}
