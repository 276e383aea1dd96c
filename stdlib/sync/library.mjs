/// What depotc's library knows, as depotc hands it over (README.md lists the members).

/// Types that need no declaration.
const BASIC = ["any", "never", "string", "int", "number", "bool", "secret"];

/// A text as a string of `.depot`.
export function quoted(text) {
  return `"${text
    .replace(/[\\"$]/g, "\\$&")
    .replace(/\n/g, "\\n")
    .replace(/\t/g, "\\t")
    .replace(/\r/g, "")}"`;
}

export class Library {
  constructor({ constructs, types }) {
    this.constructs = constructs;
    this.types = types;
    this.byLabel = new Map(constructs.map((one) => [one.label, one]));
    this.container = constructs.find(
      (one) => one.container && !one.existing,
    )?.kind;
  }

  /// Whether a name means a type where a type may stand: then it cannot be a bare member.
  isType(name) {
    return (
      BASIC.includes(name) ||
      this.types[name] !== undefined ||
      this.byLabel.has(name) ||
      this.hasKind(name)
    );
  }

  hasKind(kind) {
    return this.constructs.some((one) => one.kind === kind);
  }

  /// The declaration that a type names, or undefined.
  named(type) {
    return type.kind === "named" ? this.types[type.name] : undefined;
  }

  /// The type behind names.
  strip(type) {
    const declaration = this.named(type);
    return declaration === undefined ? type : this.strip(declaration.type);
  }

  /// The TypeScript name that stands for a named type's values: { path, from } or undefined.
  symbolOf(declaration) {
    const form = declaration.decorators.find(
      (one) => one.name === "cdk",
    )?.value;
    return form?.call === "symbol"
      ? { path: form.arguments[0], from: form.arguments[1] }
      : undefined;
  }

  /// Whether values of a named type are turned into a call that the declarations say nothing about.
  isConverted(declaration) {
    const form = declaration?.decorators.find((one) => one.name === "cdk");
    return form !== undefined && form.value?.call !== "symbol";
  }

  /// A clause's member that is a string, or undefined.
  memberOf(clause, name) {
    const value = clause?.members.find((one) => one.name === name)?.value;
    return value ?? undefined;
  }

  /// The clause by which a construct is written as a class, factory or method of the package `name`, or undefined.
  clauseFor(construct, name) {
    const clause = construct.clauses.find((one) => one.target === "cdk");
    const from = this.memberOf(clause, "from");
    const ours =
      from === name ||
      (typeof from === "string" && from.startsWith(`${name}/`));
    return ours || this.memberOf(clause, "method") !== undefined
      ? clause
      : undefined;
  }

  /// The type as `.depot` writes it.
  text(type) {
    switch (type.kind) {
      case "named":
      case "member":
        return type.name;
      case "literal":
        return typeof type.value === "string"
          ? quoted(type.value)
          : String(type.value);
      case "case":
        return `${type.name}(${this.#propertyTexts(type.parameters)})`;
      case "list":
        return `${this.#grouped(type.element)}[]`;
      case "map":
        return `{ [string]: ${this.text(type.element)} }`;
      case "object":
        return this.#objectText(type);
      case "union":
        return type.alternatives.map((one) => this.text(one)).join(" | ");
      case "reference":
        return type.label;
      default:
        return type.kind;
    }
  }

  #grouped(type) {
    return type.kind === "union" ? `(${this.text(type)})` : this.text(type);
  }

  #propertyTexts(properties) {
    return properties
      .map(
        (one) =>
          `${one.name}${one.optional ? "?" : ""}: ${this.text(one.type)}`,
      )
      .join(", ");
  }

  #objectText(type) {
    const rest =
      type.rest === undefined ? [] : [`[string]: ${this.text(type.rest)}`];
    const members =
      type.properties.length > 0 ? [this.#propertyTexts(type.properties)] : [];
    return `{ ${[...members, ...rest].join(", ")} }`;
  }
}

/// The decorators of a declaration that say how its values are checked and used, not where they come from.
export function ownDecorators(declaration, keepConstraints) {
  const provenance = ["docs", "inferred", "deprecated"];
  const constraints = ["pattern", "length", "range", "format"];
  return declaration.decorators
    .filter(
      (one) =>
        !provenance.includes(one.name) &&
        (keepConstraints || !constraints.includes(one.name)),
    )
    .map((one) => one.text);
}

/// The lines of a declaration's own comment.
export function ownDoc({ doc }) {
  return doc === undefined ? [] : doc.split("\n");
}
