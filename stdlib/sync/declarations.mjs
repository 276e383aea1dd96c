/// What a package declares, without TypeScript's own terms: its classes with their properties, and the shapes of types.
import { commentLines, defaultValue, tagText } from "./comments.mjs";

/// Namespaces are looked into this deep.
const DEPTH = 5;

/// Names that are no constructs' own: what every construct has.
const NODE = "node";

export class Declarations {
  /// `ts`: a reader (`openTypeScript`); `pack`: the package (`openPackage`).
  constructor(ts, pack) {
    this.ts = ts;
    this.pack = pack;
    this.shapes = new Map(); // type id → shape
    this.exported = new Map(); // symbol key → { path, from }
    this.modules = new Map(); // specifier → module symbol
    this.instances = []; // { label, kind, type }: the constructs that a type may refer to
    for (const file of pack.files) {
      const specifier = pack.specifierOf(file);
      const module = specifier === undefined ? undefined : ts.moduleOf(file);
      if (module !== undefined && !this.modules.has(specifier)) {
        this.modules.set(specifier, module);
        this.#index(module, "", specifier, 0);
      }
    }
  }

  /// Notes under which path, in which module, each exported symbol can be reached: the shortest path in the first module.
  #index(module, prefix, from, depth) {
    const inside = [];
    for (const symbol of this.#membersOf(module)) {
      const target = this.#meant(symbol);
      const key = this.ts.keyOf(target);
      if (!this.exported.has(key)) {
        this.exported.set(key, {
          path: prefix + symbol.name,
          from,
          symbol: target,
        });
        inside.push([target, symbol.name]);
      }
    }
    const { ValueModule, NamespaceModule, Class, Variable } =
      this.ts.SymbolFlags;
    for (const [symbol, name] of inside) {
      if (
        symbol.flags & (ValueModule | NamespaceModule | Class | Variable) &&
        depth < DEPTH &&
        name !== "prototype"
      ) {
        this.#index(symbol, `${prefix}${name}.`, from, depth + 1);
      }
    }
  }

  /// The symbol that `path` ("A.B") leads to in module `from`, or undefined.
  find(path, from) {
    let at = this.modules.get(from);
    for (const name of path.split(".")) {
      const found =
        at === undefined
          ? undefined
          : this.#membersOf(at).find((one) => one.name === name);
      at = found === undefined ? undefined : this.#meant(found);
    }
    return at;
  }

  /// What can be reached through a module, a namespace, a class or an object of the package: `Location.X`.
  #membersOf(symbol) {
    const { ValueModule, NamespaceModule, Class, Variable } =
      this.ts.SymbolFlags;
    if (symbol.flags & (ValueModule | NamespaceModule | Class)) {
      return this.ts.exportsOf(symbol);
    }
    const isOurs = symbol.flags & Variable && this.#isInPackage(symbol);
    return isOurs ? this.ts.properties(this.ts.valueType(symbol)) : [];
  }

  /// The symbol behind aliases; of a member that holds a class (`static readonly X: typeof Y`) that class.
  #meant(symbol) {
    const { Class, Property, Variable } = this.ts.SymbolFlags;
    const target = this.ts.target(symbol);
    if (
      !(target.flags & (Property | Variable)) ||
      symbol.name === "prototype" ||
      !this.#isInPackage(target)
    ) {
      return target;
    }
    const held = this.ts.symbolOf(this.ts.valueType(target));
    const isClass =
      held !== undefined &&
      held.flags & Class &&
      this.ts.constructors(this.ts.valueType(target)).length > 0;
    return isClass ? held : target;
  }

  /// Where else in the package the class `path` may be now: under its last name in a module that is meant to be imported.
  elsewhere(path) {
    const last = path.slice(path.lastIndexOf(".") + 1);
    return this.offered().filter(
      (one) => one.path === last || one.path.endsWith(`.${last}`),
    );
  }

  /// Constructs of modules that are meant to be imported: not those that only some file inside of the package exports.
  offered() {
    return this.constructs().filter(
      ({ from }) => from === this.pack.name || this.pack.exports.includes(from),
    );
  }

  /// Exported classes that are constructs and can be made: [{ path, from, symbol }…], in the order of their paths.
  constructs() {
    const all = [...this.exported.values()].filter(
      ({ symbol }) =>
        symbol.flags & this.ts.SymbolFlags.Class &&
        this.maker(symbol) !== undefined,
    );
    return all.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }

  /// How the construct class `symbol` is made: { isSure: that the scope is a construct, props: shape or undefined,
  /// made: what comes of it, more: names of further parameters }.
  maker(symbol) {
    if (this.ts.isAbstract(symbol)) {
      return undefined;
    }
    const found = this.#scoped(this.ts.constructors(this.ts.valueType(symbol)));
    const isConstruct = this.#isConstruct(this.ts.declaredType(symbol));
    return found?.isSure && !isConstruct ? undefined : found;
  }

  /// The same for the static method `name` of a class, or of a namespace's function.
  factory(symbol, name) {
    const method = this.#member(this.ts.valueType(symbol), name);
    return method === undefined
      ? undefined
      : this.#scoped(this.ts.calls(this.ts.valueType(method)));
  }

  /// The same for the method `name` of the instances of a class.
  method(symbol, name) {
    const method = this.#member(this.ts.declaredType(symbol), name);
    return method === undefined
      ? undefined
      : this.#scoped(this.ts.calls(this.ts.valueType(method)));
  }

  #member(type, name) {
    return this.ts.properties(type).find((one) => one.name === name);
  }

  /// The first of the signatures that has the form (scope, id, props).
  #scoped(signatures) {
    for (const signature of signatures) {
      const [scope, id, props, ...more] = this.ts.parameters(signature);
      if (
        scope === undefined ||
        id === undefined ||
        !this.#isScope(scope) ||
        !this.#isId(id)
      ) {
        continue;
      }
      const shape =
        props === undefined ? undefined : this.shape(this.ts.valueType(props));
      const made = this.ts.symbolOf(this.ts.result(signature));
      return {
        isSure: this.#isConstruct(this.ts.valueType(scope)),
        props: shape,
        made,
        more: more
          .filter((one) => !this.#isOptional(one))
          .map((one) => one.name),
      };
    }
    return undefined;
  }

  #isScope(parameter) {
    const type = this.ts.valueType(parameter);
    return (
      this.#isConstruct(type) ||
      (Boolean(type.flags & this.ts.TypeFlags.Any) &&
        parameter.name === "scope")
    );
  }

  #isId(parameter) {
    return Boolean(
      this.ts.valueType(parameter).flags & this.ts.TypeFlags.String,
    );
  }

  #isOptional(symbol) {
    const { Optional } = this.ts.SymbolFlags;
    const type = this.ts.valueType(symbol);
    return (
      Boolean(symbol.flags & Optional) ||
      this.#alternatives(type).some((one) => one.flags & this.#nothing())
    );
  }

  /// Whether values of the type are constructs: all have the member `node` of the module `constructs`.
  #isConstruct(type) {
    if (!(type.flags & this.ts.TypeFlags.Object)) {
      return false;
    }
    const node = this.#member(type, NODE);
    const symbol =
      node === undefined
        ? undefined
        : this.ts.symbolOf(this.ts.valueType(node));
    return (
      symbol !== undefined &&
      symbol.name === "Node" &&
      /[\\/]constructs[\\/]/.test(this.ts.fileOf(symbol))
    );
  }

  #nothing() {
    const { Undefined, Null, Void } = this.ts.TypeFlags;
    return Undefined | Null | Void;
  }

  #alternatives(type) {
    const { Union, Boolean: Bool, EnumLiteral } = this.ts.TypeFlags;
    return type.flags & Union && !(type.flags & (Bool | EnumLiteral))
      ? this.ts.parts(type).flatMap((one) => this.#alternatives(one))
      : [type];
  }

  /// What the comment of a declaration says: { doc: lines, deprecated: text or undefined, fallback }.
  comment(symbol) {
    const tags = this.ts.tagsOf(symbol);
    const textOf = (name) => tags.find((tag) => tag.name === name)?.text;
    const deprecated = textOf("deprecated");
    const fallback = textOf("default") ?? textOf("defaultValue");
    return {
      doc: commentLines(this.ts.docOf(symbol)),
      deprecated: deprecated === undefined ? undefined : tagText(deprecated),
      fallback: fallback === undefined ? undefined : defaultValue(fallback),
      fallbackText:
        fallback === undefined
          ? undefined
          : tagText(fallback).replace(/^-\s*/, ""),
    };
  }

  /// The shape of a type: { kind, … }, as README.md lists them.
  shape(type) {
    if (!this.shapes.has(type.id)) {
      this.shapes.set(type.id, { kind: "any" }); // for a type that contains itself
      this.shapes.set(type.id, this.#shape(type));
    }
    return this.shapes.get(type.id);
  }

  #shape(type) {
    const { TypeFlags } = this.ts;
    const plain = [
      [TypeFlags.Any | TypeFlags.Unknown, "any"],
      [TypeFlags.Never, "never"],
      [this.#nothing(), "nothing"],
    ];
    const [, kind] = plain.find(([flags]) => type.flags & flags) ?? [];
    if (kind !== undefined) {
      return { kind };
    }
    if (type.flags & TypeFlags.EnumLiteral) {
      return this.#enumeration(type);
    }
    if (
      type.flags &
      (TypeFlags.StringLiteral |
        TypeFlags.NumberLiteral |
        TypeFlags.BooleanLiteral)
    ) {
      const value = this.ts.literalOf(type);
      return {
        kind: "literal",
        value:
          type.flags & TypeFlags.BooleanLiteral
            ? String(value) === "true"
            : value,
      };
    }
    if (
      type.flags &
      (TypeFlags.String | TypeFlags.TemplateLiteral | TypeFlags.StringMapping)
    ) {
      return { kind: "string" };
    }
    if (type.flags & TypeFlags.Number) {
      return { kind: "number" };
    }
    if (type.flags & TypeFlags.Boolean) {
      return { kind: "boolean" };
    }
    return this.#composed(type);
  }

  #composed(type) {
    const { TypeFlags } = this.ts;
    if (type.flags & TypeFlags.Union) {
      return this.#union(type);
    }
    if (type.flags & TypeFlags.Intersection) {
      // A string with a brand is a string.
      const parts = this.ts.parts(type).map((one) => this.shape(one));
      return (
        parts.find((one) =>
          ["string", "number", "boolean", "literal"].includes(one.kind),
        ) ?? this.#object(type)
      );
    }
    if (type.flags & TypeFlags.NonPrimitive) {
      return { kind: "map", element: { kind: "any" } };
    }
    if (type.flags & TypeFlags.Object) {
      return this.#object(type);
    }
    const bound = this.ts.boundOf(type);
    return bound === undefined || bound === null || bound === type
      ? { kind: "any" }
      : this.shape(bound);
  }

  #union(type) {
    const shapes = this.#alternatives(type)
      .filter((one) => !(one.flags & this.#nothing()))
      .map((one) => this.shape(one));
    const alternatives = [];
    for (const one of shapes) {
      if (one.kind === "token" || alternatives.includes(one)) {
        continue; // what resolves at deployment may stand everywhere
      }
      // Members of one enumeration stand together again, and so do `true` and `false`.
      const earlier = alternatives.find(
        (other) => other.kind === "enum" && other.key === one.key,
      );
      if (one.kind === "enum" && earlier !== undefined) {
        alternatives[alternatives.indexOf(earlier)] = {
          ...earlier,
          members: [...earlier.members, ...one.members],
        };
      } else if (one.kind === "literal" && typeof one.value === "boolean") {
        const other = alternatives.find(
          (that) => that.kind === "literal" && that.value === !one.value,
        );
        alternatives.splice(
          other === undefined
            ? alternatives.length
            : alternatives.indexOf(other),
          1,
          other === undefined ? one : { kind: "boolean" },
        );
      } else {
        alternatives.push(one);
      }
    }
    if (alternatives.length === 0) {
      return { kind: shapes.length > 0 ? "any" : "nothing" };
    }
    return alternatives.length === 1
      ? alternatives[0]
      : { kind: "union", alternatives: alternatives.sort(compareShapes) };
  }

  /// The order in which declarations stand: checkers list them in orders of their own.
  #order(a, b) {
    const [fileA, fileB] = [this.ts.fileOf(a), this.ts.fileOf(b)];
    return fileA === fileB
      ? this.ts.placeOf(a) - this.ts.placeOf(b)
      : fileA < fileB
        ? -1
        : 1;
  }

  /// What an interface declares itself comes before what it inherits from other files.
  #sorted(properties, symbol) {
    const own = symbol === undefined ? "" : this.ts.fileOf(symbol);
    return [...properties].sort((a, b) => {
      const inherited =
        Number(this.ts.fileOf(a) !== own) - Number(this.ts.fileOf(b) !== own);
      return inherited !== 0 ? inherited : this.#order(a, b);
    });
  }

  /// An enumeration, or one member of it: the checker calls both by the same flag.
  #enumeration(type) {
    const { SymbolFlags } = this.ts;
    const symbol = this.ts.symbolOf(type);
    const only = symbol.flags & SymbolFlags.EnumMember ? symbol : undefined;
    const owner = only === undefined ? symbol : this.ts.parentOf(symbol);
    const members = this.ts
      .exportsOf(owner)
      .filter(
        (one) =>
          one.flags & SymbolFlags.EnumMember &&
          (only === undefined || one.name === only.name),
      )
      .sort((a, b) => this.#order(a, b))
      .map((one) => ({
        name: one.name,
        value: this.ts.constantOf(one),
        ...this.comment(one),
      }));
    return {
      kind: "enum",
      key: this.ts.keyOf(owner),
      ...this.#origin(owner),
      ...this.comment(owner),
      members,
    };
  }

  /// What a symbol is called, and where it is imported from: { name, path, from }, from undefined if it cannot be.
  #origin(symbol) {
    const own = this.exported.get(this.ts.keyOf(symbol));
    if (own !== undefined) {
      return { name: symbol.name, path: own.path, from: own.from };
    }
    const names = [symbol.name];
    for (
      let at = this.ts.parentOf(symbol);
      at !== undefined && !/["'/\\]/.test(at.name);
      at = this.ts.parentOf(at)
    ) {
      names.unshift(at.name);
    }
    return {
      name: symbol.name,
      path: names.join("."),
      from: foreignModule(this.ts.fileOf(symbol)),
    };
  }

  #object(type) {
    const symbol = this.ts.symbolOf(type);
    if (
      this.ts.isList(type) ||
      (symbol?.name === "ReadonlyArray" && this.ts.elements(type).length === 1)
    ) {
      return this.#list(type);
    }
    const text = this.ts.textOf(type);
    if (this.ts.calls(type).length > 0) {
      return { kind: "other", text, why: "a function" };
    }
    if (symbol?.name === "IResolvable") {
      return { kind: "token" };
    }
    if (symbol?.name === "SecretValue") {
      return { kind: "secret" };
    }
    if (this.#isConstruct(type)) {
      return this.#resource(type, text);
    }
    if (symbol !== undefined && symbol.flags & this.ts.SymbolFlags.Class) {
      return this.#valueClass(type, symbol, text);
    }
    return this.#data(type, symbol, text);
  }

  #list(type) {
    const elements = this.ts.elements(type).map((one) => this.shape(one));
    const different = elements.filter((one, i) => elements.indexOf(one) === i);
    const element =
      different.length === 1
        ? different[0]
        : { kind: "union", alternatives: different };
    return {
      kind: "list",
      element: different.length === 0 ? { kind: "any" } : element,
    };
  }

  /// A reference to another construct: which of those that are known fit.
  #resource(type, text) {
    const declarations = this;
    return {
      kind: "resource",
      text,
      get labels() {
        return declarations.instances
          .filter((one) => declarations.ts.fits(one.type, type))
          .map((one) => one.label);
      },
    };
  }

  /// A class whose values are made by its own static members: `Size.SMALL`, `Warehouse.existing("X")`.
  #valueClass(type, symbol, text) {
    const members = [];
    const isOwn = (one) =>
      !(one.flags & this.#nothing()) && this.ts.symbolOf(one) === symbol;
    for (const one of this.#sorted(
      this.ts.properties(this.ts.valueType(symbol)),
      symbol,
    )) {
      if (
        one.name === "prototype" ||
        one.name.startsWith("_") ||
        this.ts.isHidden(one)
      ) {
        continue;
      }
      const value = this.ts.valueType(one);
      const [call] = this.ts.calls(value);
      if (call !== undefined && isOwn(this.ts.result(call))) {
        const parameters = this.ts
          .parameters(call)
          .map((parameter) => this.#property(parameter));
        members.push({ name: one.name, parameters, ...this.comment(one) });
      } else if (call === undefined && isOwn(value)) {
        members.push({ name: one.name, ...this.comment(one) });
      }
    }
    if (members.length === 0) {
      return { kind: "other", text, why: `an object of class \`${text}\`` };
    }
    return {
      kind: "class",
      key: this.ts.keyOf(symbol),
      ...this.#origin(symbol),
      ...this.comment(symbol),
      members,
    };
  }

  /// An object of data: an interface, a type literal, a map.
  #data(type, symbol, text) {
    const properties = this.#sorted(this.ts.properties(type), symbol).filter(
      (one) => !this.ts.isHidden(one),
    );
    const [index] = this.ts.indexes(type);
    if (properties.length === 0 && index !== undefined) {
      return { kind: "map", element: this.shape(index) };
    }
    const { Method } = this.ts.SymbolFlags;
    if (
      properties.length > 0 &&
      properties.every((one) => one.flags & Method)
    ) {
      return {
        kind: "other",
        text,
        why: `an object with methods, \`${text}\``,
      };
    }
    const named =
      this.ts.aliasOf(type) ??
      (symbol?.name.startsWith("__") ? undefined : symbol);
    const declarations = this;
    let read;
    return {
      kind: "object",
      key: `type ${type.id}`,
      text,
      // A generic one has another shape with other arguments, and the checker's text tells them apart.
      name:
        named === undefined || /\W/.test(named.name) ? undefined : named.name,
      isGeneric: this.ts.isGeneric(type),
      ...(named === undefined ? { doc: [] } : this.comment(named)),
      get properties() {
        read ??= properties.map((one) => declarations.#property(one));
        return read;
      },
      get rest() {
        return index === undefined ? undefined : declarations.shape(index);
      },
    };
  }

  #property(symbol) {
    const shape = this.shape(this.ts.valueType(symbol));
    return {
      name: symbol.name,
      optional: this.#isOptional(symbol),
      shape,
      ...this.comment(symbol),
    };
  }

  /// Values that other resources may use of instances of a class: plain members that the package itself declares.
  attributes(symbol) {
    const found = [];
    for (const one of this.#sorted(
      this.ts.properties(this.ts.declaredType(symbol)),
      symbol,
    )) {
      if (
        this.#isInPackage(one) &&
        !this.ts.isHidden(one) &&
        !one.name.startsWith("_") &&
        one.name !== NODE
      ) {
        found.push(this.#property(one));
      }
    }
    return found;
  }

  /// The native compiler gives paths as it stores them, which on some systems is in small letters.
  #isInPackage(symbol) {
    return this.ts
      .fileOf(symbol)
      .toLowerCase()
      .startsWith(this.pack.root.toLowerCase());
  }
}

/// Literals first, then by what they are and are called.
function compareShapes(a, b) {
  const ranks = [
    "literal",
    "boolean",
    "number",
    "string",
    "enum",
    "class",
    "object",
    "map",
    "list",
    "resource",
  ];
  const rank = ranks.indexOf(a.kind) - ranks.indexOf(b.kind);
  if (rank !== 0) {
    return rank;
  }
  if (typeof a.value === "number" && typeof b.value === "number") {
    return a.value - b.value;
  }
  const [textA, textB] = [a, b].map((one) =>
    String(one.value ?? one.path ?? one.name ?? one.text ?? ""),
  );
  return textA < textB ? -1 : textA > textB ? 1 : 0;
}

/// The module that a file of another package is imported from, or undefined.
function foreignModule(file) {
  const match =
    /^.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/](.*)$/.exec(file);
  if (match === null) {
    return undefined;
  }
  const name = match[1].replace("\\", "/");
  const [folder] = match[2].split(/[\\/]/);
  return name === "aws-cdk-lib" && folder !== "core"
    ? `${name}/${folder}`
    : name;
}
