/// Holds the library's constructs against the classes of a package.
import { TypeComparison } from "./compare-types.mjs";
import {
  addToClauses,
  camel,
  compareAttributes,
  movedClause,
  newConstruct,
} from "./construct.mjs";
import { Result } from "./result.mjs";
import { Inexpressible, TypeWriter, deprecation } from "./types.mjs";

export class Comparison {
  constructor(library, declarations, names) {
    this.library = library;
    this.declarations = declarations;
    this.pack = declarations.pack;
    this.source = `${this.pack.name} ${this.pack.version}`;
    this.result = new Result(this.source);
    this.writer = new TypeWriter(library, this.result, this.source);
    this.writer.names = new Map(names);
    this.types = new TypeComparison(
      library,
      declarations,
      this.result,
      this.writer,
    );
    this.matched = []; // { construct, clause, maker, symbol }
    this.covered = new Set(); // keys of classes that the library has
  }

  run() {
    this.#match();
    const fresh = this.declarations
      .offered()
      .filter(
        ({ symbol }) => !this.covered.has(this.declarations.ts.keyOf(symbol)),
      );
    const made = fresh.map((one) => ({
      ...one,
      label: this.#labelFor(one.path),
    }));
    this.#nameInstances(made);
    for (const one of this.matched) {
      this.#compareConstruct(one);
    }
    for (const one of made) {
      this.#addConstruct(one);
    }
    return this.result;
  }

  /// Finds the class, factory or method of each construct of the library that comes from this package.
  #match() {
    for (const construct of this.library.constructs) {
      const clause = this.library.clauseFor(construct, this.pack.name);
      if (clause !== undefined) {
        this.#matchOne(construct, clause);
      }
    }
    // What a method of another class makes is that method's construct.
    const { ts } = this.declarations;
    for (const { maker } of this.matched) {
      if (maker?.made !== undefined) {
        this.covered.add(ts.keyOf(maker.made));
      }
    }
  }

  #matchOne(construct, clause) {
    const { declarations, library } = this;
    const from = library.memberOf(clause, "from");
    const path = library.memberOf(clause, "class");
    const call = library.memberOf(clause, "call");
    const name = library.memberOf(clause, "method");
    const owner =
      path ??
      call?.slice(0, call.lastIndexOf(".")) ??
      this.#pathOf(library.memberOf(clause, "on")?.name);
    const at = name === undefined ? from : this.pack.name;
    if (owner === undefined) {
      return;
    }
    let symbol = declarations.find(owner, at);
    let moved;
    if (symbol === undefined) {
      moved = path === undefined ? undefined : this.#elsewhere(owner);
      symbol = moved?.symbol;
    }
    const maker =
      symbol === undefined
        ? undefined
        : path !== undefined
          ? declarations.maker(symbol)
          : call !== undefined
            ? declarations.factory(
                symbol,
                call.slice(call.lastIndexOf(".") + 1),
              )
            : declarations.method(symbol, name);
    if (symbol !== undefined && path !== undefined) {
      this.covered.add(declarations.ts.keyOf(symbol));
    }
    this.matched.push({
      construct,
      clause,
      symbol,
      moved,
      maker,
      shown: path ?? call ?? `${owner}.${name}`,
    });
  }

  /// The one class that has taken the place of the class `path`: none that another construct of the library is.
  #elsewhere(path) {
    const { library, pack } = this;
    const known = library.constructs.map((one) =>
      library.memberOf(library.clauseFor(one, pack.name), "class"),
    );
    const found = this.declarations
      .elsewhere(path)
      .filter((one) => !known.includes(one.path));
    return found.length === 1 ? found[0] : undefined;
  }

  /// The class of the container kind `kind`, for clauses `on: environment`.
  #pathOf(kind) {
    const construct =
      kind === undefined ? undefined : this.library.byLabel.get(kind);
    const clause =
      construct === undefined
        ? undefined
        : this.library.clauseFor(construct, this.pack.name);
    return clause === undefined
      ? undefined
      : this.library.memberOf(clause, "class");
  }

  /// `Location.New` is `location.New`, `New` is `new`; undefined if that is no name, or one that the library has.
  #labelFor(path) {
    const [first, ...others] = path.split(".");
    const label =
      others.length === 0 ? camel(first) : `${camel(first)}.${others.join("")}`;
    return /^[A-Za-z_]\w*(\.\w+)?$/.test(label) && !this.library.isType(label)
      ? label
      : undefined;
  }

  /// Which constructs a type of the package may refer to.
  #nameInstances(made) {
    const { ts } = this.declarations;
    const known = this.matched
      .filter(
        ({ symbol, clause }) =>
          symbol !== undefined &&
          this.library.memberOf(clause, "class") !== undefined,
      )
      .map(({ construct, symbol }) => ({ label: construct.label, symbol }));
    const all = [...known, ...made.filter(({ label }) => label !== undefined)];
    this.declarations.instances = all.map(({ label, symbol }) => ({
      label,
      type: ts.declaredType(symbol),
    }));
    this.writer.labels = all.map(({ label }) => label);
  }

  #compareConstruct({ construct, clause, symbol, moved, maker, shown }) {
    const { label } = construct;
    if (symbol === undefined || maker === undefined) {
      this.result.note("missing", label, `the package has no \`${shown}\``);
      this.result
        .extension(label)
        .decorators.push(
          deprecation(`${this.source} has no \`${shown}\``, this.source),
        );
      return;
    }
    if (moved !== undefined) {
      this.result.note(
        "changed",
        label,
        `\`${shown}\` is \`${moved.path}\` in \`${moved.from}\``,
      );
      this.result
        .extension(label)
        .clauses.set(clause.target, movedClause(clause.text, moved));
    }
    this.#compareHead(
      construct,
      this.library.memberOf(clause, "class") === undefined ? undefined : symbol,
    );
    this.#compareProperties(construct, clause, maker.props);
    for (const parameter of maker.more) {
      this.result.note(
        "left out",
        label,
        `\`${shown}\` takes a further argument, \`${parameter}\``,
      );
    }
    if (this.library.memberOf(clause, "class") !== undefined) {
      compareAttributes(this, construct, symbol);
    }
  }

  /// What the comment of the class says of the construct.
  #compareHead(construct, symbol) {
    if (symbol === undefined) {
      return;
    }
    const comment = this.declarations.comment(symbol);
    const { label } = construct;
    const isConfirmed = construct.inferred !== undefined;
    const doc = this.types.newDoc(construct, comment, label);
    if (isConfirmed) {
      this.result.note("confirmed", label, construct.inferred);
    }
    if (isConfirmed || doc.length > 0) {
      const extension = this.result.extension(label);
      extension.decorators.push(this.result.docs);
      extension.doc = doc;
    }
    this.types.deprecate(construct, comment, label, (decorator) =>
      this.result.extension(label).decorators.push(decorator),
    );
  }

  /// The library's name for each property of the class; a property that the clause computes has none.
  #propertyMap(construct, clause) {
    const props = this.library.memberOf(clause, "props");
    if (props === undefined) {
      return undefined;
    }
    return new Map(
      (props.members ?? []).map(({ name, value }) => [name, value?.name]),
    );
  }

  #compareProperties(construct, clause, props) {
    const { label } = construct;
    const written = this.#propertyMap(construct, clause);
    const declared =
      props === undefined ? [] : this.types.mergedProperties(props);
    const byName = new Map(construct.properties.map((one) => [one.name, one]));
    const seen = new Set();
    for (const one of declared) {
      const isComputed =
        written !== undefined &&
        written.has(one.name) &&
        written.get(one.name) === undefined;
      const name = written?.get(one.name) ?? one.name;
      const isContainer =
        one.name === this.library.container &&
        (written === undefined || written.get(one.name) === one.name);
      seen.add(name);
      if (isComputed || isContainer) {
        continue;
      }
      const mine = byName.get(name);
      if (mine === undefined) {
        this.#addProperty(construct, clause, one);
      } else {
        this.types.compareProperty(mine, one, `${label}.${name}`, {
          isNamed: name === "name" && !construct.existing,
          declare: (declaration) =>
            this.result.extension(label).properties.set(name, declaration),
        });
      }
    }
    const isWritten = (name) =>
      written === undefined || [...written.values()].includes(name);
    for (const one of construct.properties) {
      if (
        !seen.has(one.name) &&
        one.type.kind !== "never" &&
        isWritten(one.name) &&
        !this.#isImplied(construct, one)
      ) {
        this.#forbid(label, one);
      }
    }
  }

  /// Whether a property is depotc's own: `name` of what exists already is its identity, and how stacks are divided is no
  /// matter of the package.
  #isImplied(construct, property) {
    const isName = construct.existing && property.name === "name";
    return isName || property.decorators.some((one) => one.name === "divides");
  }

  #forbid(label, property) {
    this.result.note(
      "missing",
      `${label}.${property.name}`,
      "the package has no such property",
    );
    this.result.extension(label).properties.set(property.name, {
      name: property.name,
      optional: true,
      text: "never",
      doc: [`${this.source} has no such property.`],
      decorators: [this.result.docs],
    });
  }

  #addProperty(construct, clause, property) {
    const where = `${construct.label}.${property.name}`;
    let declaration;
    try {
      declaration = this.writer.property(property, construct.label);
    } catch (error) {
      if (!(error instanceof Inexpressible)) {
        throw error;
      }
      this.result.note(
        "left out",
        where,
        `it is required and takes ${error.message}, which \`.depot\` has no value for`,
      );
      return;
    }
    if (declaration === undefined) {
      return;
    }
    this.result.note(
      "new",
      where,
      `property \`${property.name}${property.optional ? "?" : ""}: ${declaration.text}\``,
    );
    const extension = this.result.extension(construct.label);
    extension.properties.set(property.name, {
      ...declaration,
      decorators: [this.result.docs, ...declaration.decorators],
    });
    addToClauses(
      this.library,
      construct,
      clause,
      property.name,
      extension.clauses,
    );
  }

  #addConstruct({ path, from, symbol, label }) {
    if (label === undefined) {
      this.result.note(
        "left out",
        path,
        "its name is none of `.depot`, or means something else in the library",
      );
      return;
    }
    try {
      const made = newConstruct(this, { path, from, symbol, label });
      this.result.constructs.push(made);
      this.result.note(
        "new",
        label,
        `class \`${path}\`; how it stands in a template is inferred`,
      );
    } catch (error) {
      if (!(error instanceof Inexpressible)) {
        throw error;
      }
      this.result.forget(label);
      this.result.note(
        "left out",
        path,
        `it needs ${error.message}, which \`.depot\` has no value for`,
      );
    }
  }
}
