/// Holds the library's types against the shapes of a package, and says what of them is otherwise.
import { Alternatives, WORDS } from "./compare-alternatives.mjs";
import { ownDecorators, ownDoc, quoted } from "./library.mjs";
import { Result } from "./result.mjs";
import { Inexpressible, TypeWriter, deprecation, docLines } from "./types.mjs";

/// What says nothing about its values agrees with everything.
const OPEN = ["any", "token"];

export class TypeComparison {
  constructor(library, declarations, result, writer) {
    this.library = library;
    this.declarations = declarations;
    this.result = result;
    this.writer = writer;
    this.source = result.source;
    this.met = new Map(); // named type → the shape that it was held against
    this.alternatives = new Alternatives(this);
    this.replaced = new Map(); // named type → the one that stands in its place
  }

  // Properties

  /// The properties of an object; of several alternatives all that one of them has.
  mergedProperties(shape) {
    const objects = (
      shape.kind === "union" ? shape.alternatives : [shape]
    ).filter((one) => one.kind === "object");
    const merged = new Map();
    for (const object of objects) {
      for (const one of object.properties) {
        const others = merged.get(one.name) ?? [];
        merged.set(one.name, [...others, one]);
      }
    }
    return [...merged.values()].map((all) =>
      this.#mergeProperty(all, objects.length),
    );
  }

  #mergeProperty(all, count) {
    const real = all.filter(
      (one) => one.shape.kind !== "never" && one.shape.kind !== "nothing",
    );
    if (real.length === 0) {
      return all[0];
    }
    const optional = real.length < count || real.some((one) => one.optional);
    const shapes = real
      .map((one) => one.shape)
      .filter((one, i, list) => list.indexOf(one) === i);
    const shape = shapes.length === 1 ? shapes[0] : this.#joined(shapes);
    return {
      ...real[0],
      optional,
      shape,
      doc: real.find((one) => one.doc.length > 0)?.doc ?? [],
    };
  }

  #joined(shapes) {
    return {
      kind: "union",
      alternatives: shapes.flatMap((one) =>
        one.kind === "union" ? one.alternatives : [one],
      ),
    };
  }

  /// Compares the library's property `mine` with the package's `theirs`. What has to be declared goes to `declare`. `isNamed`: it
  /// is a resource's name, which is never missing.
  compareProperty(mine, theirs, where, { isNamed = false, declare }) {
    const outcome = this.compare(mine.type, theirs.shape, where);
    const isOptional = mine.optional || mine.default !== undefined;
    const changesOptional = !isNamed && isOptional !== theirs.optional;
    const fallback = this.writer.fallback(theirs);
    const changesDefault = fallback !== undefined && fallback !== mine.default;
    if (outcome.changed) {
      this.result.note(
        "changed",
        where,
        `\`${this.library.text(mine.type)}\` is \`${outcome.shown ?? outcome.text}\``,
      );
    }
    if (changesOptional) {
      this.result.note(
        "changed",
        where,
        theirs.optional ? "it may be left out" : "it is required",
      );
    }
    if (changesDefault) {
      this.result.note("changed", where, `its default is \`${fallback}\``);
    }
    const provenance = [];
    this.deprecate(mine, theirs, where, (decorator) =>
      provenance.push(decorator),
    );
    const doc = this.newDoc(mine, theirs, where);
    const isChanged = outcome.changed || changesOptional || changesDefault;
    const isConfirmed = !isChanged && mine.inferred !== undefined;
    if (isConfirmed) {
      this.result.note("confirmed", where, mine.inferred);
    }
    const docs = this.result.docs;
    if (isChanged) {
      const decorators = [
        docs,
        ...this.#deprecationOf(mine, provenance),
        ...ownDecorators(mine, !outcome.changed),
      ];
      const words = (outcome.shown ?? outcome.text).split(" | ");
      const kept =
        theirs.optional && (!outcome.changed || words.includes(mine.default))
          ? mine.default
          : undefined;
      const optional = isNamed ? mine.optional : theirs.optional;
      declare({
        name: mine.name,
        optional,
        text: outcome.text,
        fallback: fallback ?? kept,
        doc: doc.length > 0 ? doc : ownDoc(mine),
        decorators,
      });
    } else if (isConfirmed || doc.length > 0 || provenance.length > 0) {
      const isSame = provenance.length === 0;
      declare({
        name: mine.name,
        optional: mine.optional,
        doc,
        decorators: [docs, ...provenance],
        source: mine,
        isSame,
      });
    }
  }

  /// The decorators that say that something is deprecated: the package's, or else the library's.
  #deprecationOf(mine, provenance) {
    const own = mine.decorators
      .filter((one) => one.name === "deprecated")
      .map((one) => one.text);
    return provenance.length > 0 ? provenance : own;
  }

  /// The package's comment, if it says something other than the library's.
  newDoc(mine, theirs, where) {
    const doc = docLines(theirs);
    if (doc.length === 0 || doc.join("\n") === mine.doc) {
      return [];
    }
    this.result.note("described", where, doc.join(" "));
    return doc;
  }

  /// Hands `@deprecated` to `add` if the package has it and the library has not.
  deprecate(mine, theirs, where, add) {
    if (theirs.deprecated !== undefined && mine.deprecated === undefined) {
      this.result.note(
        "changed",
        where,
        `it is deprecated${theirs.deprecated === "" ? "" : `: ${theirs.deprecated}`}`,
      );
      add(deprecation(theirs.deprecated, this.source));
    }
  }

  // Types

  /// { changed, text, shown }: whether the type of a property has to be written anew, and how; `shown` for people.
  compare(mine, shape, where) {
    if (mine.kind === "named") {
      return this.#compareNamed(mine, shape, where);
    }
    if (OPEN.includes(shape.kind) || this.#agrees(mine, shape)) {
      return { changed: false, text: this.library.text(mine) };
    }
    const alternatives = mine.kind === "union" ? mine.alternatives : [mine];
    if (mine.kind === "union" || WORDS.includes(mine.kind)) {
      return this.alternatives.compare(undefined, alternatives, shape, where);
    }
    if (mine.kind === "list" && shape.kind === "list") {
      return this.#compareElement(
        mine,
        shape,
        where,
        (text) => `${text.includes(" | ") ? `(${text})` : text}[]`,
      );
    }
    if (mine.kind === "map" && shape.kind === "map") {
      return this.#compareElement(
        mine,
        shape,
        where,
        (text) => `{ [string]: ${text} }`,
      );
    }
    if (mine.kind === "object" && this.#isObject(shape)) {
      return this.#compareInline(mine, shape, where);
    }
    return this.#anew(mine, shape, where);
  }

  #isObject(shape) {
    return (
      shape.kind === "object" ||
      (shape.kind === "union" &&
        shape.alternatives.every((one) => one.kind === "object"))
    );
  }

  /// Types without parts.
  #agrees(mine, shape) {
    switch (mine.kind) {
      case "any":
        return shape.kind === "map" && this.#agrees(mine, shape.element);
      case "string":
      case "secret":
        return shape.kind === mine.kind;
      case "never":
        return shape.kind === "never" || shape.kind === "nothing";
      case "int":
      case "number":
        return shape.kind === "number";
      case "bool":
        return shape.kind === "boolean";
      case "reference":
        return this.#fitsReference(mine.label, shape);
      default:
        return false;
    }
  }

  /// A reference agrees with a type that takes all constructs of its kind, or its one.
  #fitsReference(label, shape) {
    if (shape.kind !== "resource") {
      return false;
    }
    try {
      return this.writer.text(shape).split(" | ").includes(label);
    } catch (error) {
      if (error instanceof Inexpressible) {
        return false;
      }
      throw error;
    }
  }

  #compareElement(mine, shape, where, wrap) {
    const element = this.compare(mine.element, shape.element, where);
    return { changed: element.changed, text: wrap(element.text) };
  }

  /// The package's type in the place of the library's. What `.depot` cannot write leaves the library's alone.
  #anew(mine, shape, where) {
    try {
      return { changed: true, text: this.writer.text(shape) };
    } catch (error) {
      if (!(error instanceof Inexpressible)) {
        throw error;
      }
      this.result.note(
        "left out",
        where,
        `it takes ${error.message}, which \`.depot\` has no value for`,
      );
      return { changed: false, text: this.library.text(mine) };
    }
  }

  /// An object type without a name has no place for additions: it is written anew as soon as something differs.
  #compareInline(mine, shape, where) {
    return this.differs((trial) =>
      trial.#compareObject(mine.properties, shape, where, () => {}),
    )
      ? this.#anew(mine, shape, where)
      : { changed: false, text: this.library.text(mine) };
  }

  /// Whether `act`, done with a comparison that is thrown away, finds a difference.
  differs(act) {
    const result = new Result(this.source);
    const writer = new TypeWriter(this.library, result, this.source);
    writer.names = new Map(this.writer.names);
    writer.labels = this.writer.labels;
    act(new TypeComparison(this.library, this.declarations, result, writer));
    return result.entries.some(
      (one) => !["confirmed", "described"].includes(one.what),
    );
  }

  #compareNamed(mine, shape, where) {
    const declaration = this.library.named(mine);
    const same = { changed: false, text: mine.name };
    if (OPEN.includes(shape.kind) || this.library.isConverted(declaration)) {
      return same;
    }
    const symbol = this.library.symbolOf(declaration);
    const inner = declaration.type;
    const alternatives = inner.kind === "union" ? inner.alternatives : [inner];
    if (
      symbol !== undefined ||
      alternatives.some((one) => WORDS.includes(one.kind))
    ) {
      return this.#compareWords(
        mine.name,
        declaration,
        alternatives,
        symbol,
        shape,
        where,
      );
    }
    if (inner.kind === "object" && this.#isObject(shape)) {
      return this.#compareObjectType(mine.name, declaration, shape, where);
    }
    const outcome = this.compare(inner, shape, where);
    return outcome.changed ? outcome : same;
  }

  /// Whether the named type was held against this shape already; against another one it must agree as it is.
  #isMet(name, shape) {
    const key =
      shape.key ??
      shape.alternatives
        ?.map((one) => one.key ?? one.value ?? one.kind)
        .join(" ") ??
      shape.kind;
    const earlier = this.met.get(name);
    this.met.set(name, earlier ?? key);
    return earlier === undefined ? "no" : earlier === key ? "yes" : "otherwise";
  }

  #compareObjectType(name, declaration, shape, where) {
    const same = { changed: false, text: name };
    const isMet = this.#isMet(name, shape);
    if (isMet === "otherwise") {
      const differs = this.differs((trial) =>
        trial.#compareObject(
          declaration.type.properties,
          shape,
          name,
          () => {},
        ),
      );
      return differs ? this.#anew({ kind: "named", name }, shape, where) : same;
    }
    if (isMet === "yes") {
      return same;
    }
    this.writer.learn(shape, name);
    const declare = (property) =>
      this.result.typeExtension(name).properties.set(property.name, property);
    this.#compareObject(declaration.type.properties, shape, name, declare);
    this.#confirmType(name, declaration, shape);
    return same;
  }

  /// What the package says of a type as a whole.
  #confirmType(name, declaration, shape) {
    const comment = { doc: shape.doc ?? [], deprecated: shape.deprecated };
    const doc = this.newDoc(declaration, comment, name);
    if (declaration.inferred !== undefined) {
      this.result.note("confirmed", name, declaration.inferred);
    }
    if (declaration.inferred === undefined && doc.length === 0) {
      return;
    }
    const extension = this.result.typeExtension(name);
    extension.decorators.unshift(this.result.docs);
    extension.doc = doc;
  }

  #compareObject(properties, shape, where, declare) {
    const theirs = new Map(
      this.mergedProperties(shape).map((one) => [one.name, one]),
    );
    for (const mine of properties) {
      const other = theirs.get(mine.name);
      if (other !== undefined) {
        this.compareProperty(mine, other, `${where}.${mine.name}`, { declare });
      } else if (mine.type.kind !== "never") {
        this.result.note(
          "missing",
          `${where}.${mine.name}`,
          "the package has no such property",
        );
        const doc = [`${this.source} has no such property.`];
        declare({
          name: mine.name,
          optional: true,
          text: "never",
          doc,
          decorators: [this.result.docs],
        });
      }
      theirs.delete(mine.name);
    }
    for (const other of theirs.values()) {
      this.#addMember(other, where, declare);
    }
  }

  #addMember(property, where, declare) {
    if (property.shape.kind === "never" || property.shape.kind === "nothing") {
      return;
    }
    try {
      const declaration = this.writer.property(property, where);
      if (declaration !== undefined) {
        const mark = property.optional ? "?" : "";
        this.result.note(
          "new",
          `${where}.${property.name}`,
          `property \`${property.name}${mark}: ${declaration.text}\``,
        );
        declare({
          ...declaration,
          decorators: [this.result.docs, ...declaration.decorators],
        });
      }
    } catch (error) {
      if (!(error instanceof Inexpressible)) {
        throw error;
      }
      this.result.note(
        "left out",
        `${where}.${property.name}`,
        `it is required and takes ${error.message}, which \`.depot\` has no value for`,
      );
    }
  }

  // Alternatives

  /// A named enumeration, or a class whose members make its values.
  #compareWords(name, declaration, alternatives, symbol, shape, where) {
    const same = { changed: false, text: name };
    if (symbol !== undefined && !this.#isOwn(symbol, shape)) {
      return this.#compareForeign(name, symbol, shape, where);
    }
    const isMet = this.#isMet(name, shape);
    if (isMet === "yes") {
      const other = this.replaced.get(name);
      return other === undefined ? same : { changed: true, text: other };
    }
    if (isMet === "otherwise") {
      const differs = this.differs((trial) =>
        trial.alternatives.compare(name, alternatives, shape, where),
      );
      return differs ? this.#anew({ kind: "named", name }, shape, where) : same;
    }
    const [own] = (
      shape.kind === "union" ? shape.alternatives : [shape]
    ).filter((one) => ["enum", "class"].includes(one.kind));
    if (own !== undefined) {
      this.writer.learn(own, name);
      this.#compareSymbol(name, declaration, symbol, own);
    }
    const outcome = this.alternatives.compare(name, alternatives, shape, where);
    return outcome;
  }

  /// Whether the shape has the very enumeration or class that the library's type stands for.
  #isOwn(symbol, shape) {
    const alternatives = shape.kind === "union" ? shape.alternatives : [shape];
    const known = this.declarations.find(symbol.path, symbol.from);
    const key =
      known === undefined ? undefined : this.declarations.ts.keyOf(known);
    return alternatives.some(
      (one) =>
        ["enum", "class"].includes(one.kind) &&
        (one.key === key || (key === undefined && one.path === symbol.path)),
    );
  }

  /// The library's type stands for something that the package does not name here: a constant of another package, which is a
  /// plain value to TypeScript, or something that the package no longer has.
  #compareForeign(name, symbol, shape, where) {
    const { pack } = this.declarations;
    const isOurs =
      symbol.from === pack.name || symbol.from.startsWith(`${pack.name}/`);
    if (!isOurs && !["enum", "class"].includes(shape.kind)) {
      return { changed: false, text: name };
    }
    return this.#anew({ kind: "named", name }, shape, where);
  }

  /// What the package says of the enumeration itself, and where it is imported from.
  #compareSymbol(name, declaration, symbol, own) {
    if (
      symbol !== undefined &&
      own.from !== undefined &&
      this.declarations.modules.has(this.declarations.pack.name)
    ) {
      const { pack } = this.declarations;
      const isOurs =
        symbol.from === pack.name || symbol.from.startsWith(`${pack.name}/`);
      if (
        isOurs &&
        this.declarations.find(symbol.path, symbol.from) === undefined
      ) {
        this.result.note(
          "changed",
          name,
          `it is imported from \`${own.from}\`, not from \`${symbol.from}\``,
        );
        this.result
          .typeExtension(name)
          .decorators.push(
            `@cdk(symbol(${quoted(own.path)}, ${quoted(own.from)}))`,
          );
      }
    }
    this.deprecate(declaration, own, name, (decorator) =>
      this.result.typeExtension(name).decorators.push(decorator),
    );
    this.#confirmType(name, declaration, { doc: own.doc });
  }
}
