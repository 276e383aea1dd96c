/// Shapes of TypeScript as types of `.depot`.
import { quoted } from "./library.mjs";

/// A shape that no value of `.depot` has.
export class Inexpressible extends Error {}

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/// `@deprecated` for what the package marks so.
export function deprecation(reason, source) {
  return `@deprecated({ reason: ${quoted(reason === "" ? `${source} marks it as deprecated` : reason)} })`;
}

/// Comment lines for a declaration, with the default that `.depot` cannot write as a value.
export function docLines(comment) {
  const text = comment.fallbackText;
  const isShown =
    text !== undefined && text !== "" && comment.fallback === undefined;
  return isShown ? [...comment.doc, `Default: ${text}`] : comment.doc;
}

export class TypeWriter {
  constructor(library, result, source) {
    this.library = library;
    this.result = result;
    this.source = source;
    this.names = new Map(); // key of a shape → the name of its type
    this.open = []; // keys of the objects around
  }

  /// Says that the library has a type for a shape.
  learn(shape, name) {
    for (const one of shape.kind === "union" ? [] : [shape]) {
      if (one.key !== undefined && one.isGeneric !== true) {
        this.names.set(one.key, name);
      }
    }
  }

  /// The type of a shape; types that are not there are declared. Throws Inexpressible.
  text(shape) {
    switch (shape.kind) {
      case "any":
      case "never":
      case "string":
      case "number":
      case "secret":
        return shape.kind;
      case "nothing":
        return "never";
      case "boolean":
        return "bool";
      case "token":
        return "any";
      case "literal":
        return typeof shape.value === "string"
          ? quoted(shape.value)
          : String(shape.value);
      case "list":
        return this.#listText(shape);
      case "map":
        return `{ [string]: ${this.text(shape.element)} }`;
      case "union":
        return this.#unionText(shape);
      case "enum":
      case "class":
        return this.#wordsText(shape);
      case "object":
        return this.#objectText(shape);
      case "resource":
        return this.#resourceText(shape);
      default:
        throw new Inexpressible(shape.why);
    }
  }

  #listText(shape) {
    const text = this.text(shape.element);
    return text.includes(" | ") && !text.startsWith("{")
      ? `(${text})[]`
      : `${text}[]`;
  }

  /// Of the alternatives, those that can be written; what cannot is no loss as long as something is left.
  #unionText(shape) {
    const texts = [];
    let reason;
    for (const one of shape.alternatives) {
      try {
        texts.push(this.text(one));
      } catch (error) {
        if (!(error instanceof Inexpressible)) {
          throw error;
        }
        reason = error;
      }
    }
    if (texts.length === 0) {
      throw reason;
    }
    return texts.includes("any") ? "any" : [...new Set(texts)].join(" | ");
  }

  #resourceText(shape) {
    const labels = shape.labels.filter((one) => !one.startsWith("existing "));
    const kinds = [...new Set(labels.map((one) => one.split(".")[0]))];
    if (labels.length === 0) {
      throw new Inexpressible(`a construct of type \`${shape.text}\``);
    }
    const all = (kind) =>
      this.labels.filter((one) => one.split(".")[0] === kind);
    const texts = kinds.flatMap((kind) => {
      const some = labels.filter((one) => one.split(".")[0] === kind);
      return some.length === all(kind).length ? [kind] : some;
    });
    return texts.join(" | ");
  }

  /// A name for a new type: its own, or one that tells it apart.
  freeName(wanted) {
    const isTaken = (name) =>
      this.library.isType(name) || this.result.types.has(name);
    const plain = wanted
      .replace(/[^A-Za-z0-9_.]/g, "_")
      .replace(/^(?=\d)/, "_");
    let name = plain;
    for (let i = 2; isTaken(name); i++) {
      name = `${plain}${i}`;
    }
    return name;
  }

  /// An enumeration, or a class whose values its own members make.
  #wordsText(shape) {
    const known = this.names.get(shape.key) ?? this.#librarysOwn(shape);
    if (known !== undefined) {
      return known;
    }
    if (shape.from === undefined) {
      throw new Inexpressible(`\`${shape.path}\`, which cannot be imported`);
    }
    const name = this.freeName(shape.path);
    this.names.set(shape.key, name);
    const decorators = [
      this.result.docs,
      `@cdk(symbol(${quoted(shape.path)}, ${quoted(shape.from)}))`,
    ];
    if (shape.deprecated !== undefined) {
      decorators.push(deprecation(shape.deprecated, this.source));
    }
    const type = {
      isNew: true,
      doc: docLines(shape),
      decorators,
      properties: new Map(),
      alternatives: new Map(),
    };
    this.result.types.set(name, type);
    for (const member of shape.members) {
      const alternative = this.member(member, shape, `${name}.${member.name}`);
      if (alternative !== undefined) {
        type.alternatives.set(member.name, alternative);
      }
    }
    if (type.alternatives.size === 0) {
      this.result.types.delete(name);
      throw new Inexpressible(
        `\`${shape.path}\`, of which no member can be written`,
      );
    }
    return name;
  }

  /// The library's type for the same TypeScript name.
  #librarysOwn(shape) {
    const [name] =
      Object.entries(this.library.types).find(([, declaration]) => {
        const symbol = this.library.symbolOf(declaration);
        return symbol?.path === shape.path && symbol.from === shape.from;
      }) ?? [];
    return name;
  }

  /// An alternative { doc, text, decorators } for a member of an enumeration or class; undefined if it cannot be written.
  member(member, shape, where) {
    if (!IDENTIFIER.test(member.name) || this.library.isType(member.name)) {
      this.result.note(
        "left out",
        where,
        "its name means something else in `.depot`",
      );
      return undefined;
    }
    try {
      if (member.parameters?.some((one) => !IDENTIFIER.test(one.name))) {
        throw new Inexpressible("an argument without a name");
      }
      const parameters = member.parameters?.map(
        (one) =>
          `${one.name}${one.optional ? "?" : ""}: ${this.text(one.shape)}`,
      );
      const text =
        parameters === undefined
          ? member.name
          : `${member.name}(${parameters.join(", ")})`;
      const decorators =
        member.deprecated === undefined
          ? []
          : [deprecation(member.deprecated, this.source)];
      return {
        doc: member.doc,
        text,
        decorators: [...decorators, ...this.#forms(member, shape)],
      };
    } catch (error) {
      if (!(error instanceof Inexpressible)) {
        throw error;
      }
      this.result.note(
        "left out",
        where,
        `it takes ${error.message}, which \`.depot\` has no value for`,
      );
      return undefined;
    }
  }

  /// How a member stands in a template, where that is not its name: decorators.
  #forms(member, { kind }) {
    if (kind === "enum") {
      const { value, name } = member;
      const text = typeof value === "string" ? quoted(value) : String(value);
      return value === undefined || value === name ? [] : [`@cfn(${text})`];
    }
    if (member.parameters === undefined) {
      return [
        `@inferred(${quoted(`${this.source} has it; that a template has its name is by analogy`)})`,
      ];
    }
    const [only] = member.parameters;
    const spread =
      member.parameters.length === 1 && only.shape.kind === "object";
    const fields = spread
      ? only.shape.properties.map((one) => [
          one.name,
          `${only.name}.${one.name}`,
        ])
      : member.parameters.map((one) => [one.name, one.name]);
    const type = quoted(
      member.name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase(),
    );
    const texts = fields.map(([name, value]) => `${pascal(name)}: ${value}`);
    return [
      `@inferred(${quoted(`${this.source} has it; how it stands in a template is by analogy`)})`,
      `@cfn({ ${[`Type: ${type}`, ...texts].join(", ")} })`,
    ];
  }

  #objectText(shape) {
    const known = this.names.get(shape.key);
    if (known !== undefined) {
      return known;
    }
    if (this.open.includes(shape.key)) {
      return "any"; // a type of `.depot` cannot contain itself
    }
    this.open.push(shape.key);
    try {
      return shape.name === undefined || shape.isGeneric
        ? this.#inlineText(shape)
        : this.#namedText(shape);
    } finally {
      this.open.pop();
    }
  }

  #inlineText(shape) {
    const texts = this.properties(shape, shape.text).map(
      (one) => `${one.name}${one.optional ? "?" : ""}: ${one.text}`,
    );
    const rest =
      shape.rest === undefined ? [] : [`[string]: ${this.text(shape.rest)}`];
    return texts.length + rest.length === 0
      ? "{ [string]: any }"
      : `{ ${[...texts, ...rest].join(", ")} }`;
  }

  #namedText(shape) {
    const properties = this.properties(shape, shape.name);
    const rest = shape.rest === undefined ? undefined : this.text(shape.rest);
    if (properties.length === 0) {
      return rest === undefined ? "{ [string]: any }" : `{ [string]: ${rest} }`;
    }
    const name = this.freeName(shape.name);
    this.names.set(shape.key, name);
    this.result.types.set(name, {
      isNew: true,
      doc: docLines(shape),
      decorators: [
        this.result.docs,
        ...(shape.deprecated === undefined
          ? []
          : [deprecation(shape.deprecated, this.source)]),
      ],
      properties: new Map(properties.map((one) => [one.name, one])),
      alternatives: new Map(),
      rest,
    });
    return name;
  }

  /// The properties of an object that can be written: [{ name, optional, text, doc, decorators }…]. Throws Inexpressible if one
  /// that is required cannot be.
  properties(shape, where) {
    const found = [];
    for (const one of shape.properties) {
      const property = this.property(one, where);
      if (property !== undefined) {
        found.push(property);
      }
    }
    return found;
  }

  /// One property, or undefined if it is optional and cannot be written.
  property(property, where) {
    const isName = IDENTIFIER.test(property.name);
    if (!isName && property.optional) {
      this.result.note(
        "left out",
        `${where}.${property.name}`,
        "its name is none of `.depot`",
      );
      return undefined;
    }
    try {
      if (!isName) {
        throw new Inexpressible("a property whose name is none of `.depot`");
      }
      const decorators =
        property.deprecated === undefined
          ? []
          : [deprecation(property.deprecated, this.source)];
      const text = this.text(property.shape);
      return {
        name: property.name,
        optional: property.optional,
        text,
        doc: docLines(property),
        decorators,
        fallback: this.fallback(property),
      };
    } catch (error) {
      if (!(error instanceof Inexpressible) || !property.optional) {
        throw error instanceof Inexpressible
          ? new Inexpressible(`${error.message} (\`${property.name}\`)`)
          : error;
      }
      this.result.note(
        "left out",
        `${where}.${property.name}`,
        `it takes ${error.message}, which \`.depot\` has no value for`,
      );
      return undefined;
    }
  }

  /// The default of a property as an expression, if its type has such a value.
  fallback({ fallback, shape, optional }) {
    if (fallback === undefined || !optional) {
      return undefined;
    }
    const alternatives = shape.kind === "union" ? shape.alternatives : [shape];
    if (fallback.member !== undefined) {
      const has = alternatives.some(
        (one) =>
          one.kind === "enum" &&
          one.members.some(({ name }) => name === fallback.member),
      );
      return has && !this.library.isType(fallback.member)
        ? fallback.member
        : undefined;
    }
    const { value } = fallback;
    const fits = alternatives.some(
      (one) =>
        one.kind === typeof value ||
        (one.kind === "literal" && one.value === value) ||
        one.kind === "any",
    );
    return fits
      ? typeof value === "string"
        ? quoted(value)
        : String(value)
      : undefined;
  }
}

/// `tableBucketArn` as `TableBucketArn`.
export function pascal(name) {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
