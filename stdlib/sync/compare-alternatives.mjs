/// Holds alternatives of the library against alternatives of a package: members of enumerations, cases, literals, and types
/// among them.
import { ownDecorators, ownDoc, quoted } from "./library.mjs";
import { Inexpressible } from "./types.mjs";

/// Types that stand for one value, or for the values that one call makes.
export const WORDS = ["member", "case", "literal"];

export class Alternatives {
  /// `types`: the comparison that this is a part of.
  constructor(types) {
    this.types = types;
    this.library = types.library;
    this.result = types.result;
    this.writer = types.writer;
  }

  /// `name`: the type that the alternatives are declared in, or undefined.
  compare(name, mine, shape, where) {
    const isBare = mine.some((one) => one.kind === "member");
    const state = {
      name,
      isBare,
      where: name ?? where,
      left: [...mine],
      kept: [],
      added: [],
    };
    const theirs = shape.kind === "union" ? shape.alternatives : [shape];
    for (const one of theirs.filter((that) => that.kind !== "object")) {
      this.#claim(state, one);
    }
    const objects = theirs.filter((one) => one.kind === "object");
    if (objects.length > 0) {
      this.#claimObjects(state, objects);
    }
    const gone = state.left.filter((one) => !this.#stays(one));
    return this.#conclude(state, mine, gone, shape);
  }

  /// Alternatives that another spelling stands behind, or that only `.depot` has, need no counterpart.
  #stays(type) {
    const declaration = this.library.named(type);
    if (declaration === undefined) {
      return false;
    }
    const symbol = this.library.symbolOf(declaration);
    const { pack } = this.types.declarations;
    return (
      this.library.isConverted(declaration) ||
      (symbol !== undefined && symbol.from !== pack.name)
    );
  }

  /// Takes the alternatives of the library that one of the package stands for out of `state.left`.
  #claim(state, shape) {
    if (shape.kind === "enum" || shape.kind === "class") {
      for (const member of shape.members) {
        this.#claimMember(state, member, shape);
      }
      return;
    }
    if (shape.kind === "literal") {
      this.#claimLiteral(state, shape);
      return;
    }
    const found = state.left.filter((one) => this.#isCounterpart(one, shape));
    if (found.length === 0) {
      this.#add(
        state,
        () => ({ text: this.writer.text(shape) }),
        shape.text ?? shape.kind,
      );
      return;
    }
    for (const one of found) {
      state.left.splice(state.left.indexOf(one), 1);
      if (WORDS.includes(one.kind)) {
        this.#confirmWord(state, one, { doc: [] }); // the library knows which texts or numbers
        continue;
      }
      const outcome = this.types.compare(one, shape, state.where);
      (outcome.changed ? state.added : state.kept).push({
        text: outcome.text,
        doc: [],
        decorators: [],
      });
    }
  }

  /// Whether a plain shape is what an alternative stands for; the library may know more than that it is a text or a number.
  #isCounterpart(type, shape) {
    const inner = this.library.strip(type);
    switch (shape.kind) {
      case "string":
        return (
          inner.kind === "string" ||
          inner.kind === "member" ||
          (inner.kind === "literal" && typeof inner.value === "string")
        );
      case "number":
        return (
          ["int", "number"].includes(inner.kind) ||
          (inner.kind === "literal" && typeof inner.value === "number")
        );
      case "boolean":
        return (
          inner.kind === "bool" ||
          (inner.kind === "literal" && typeof inner.value === "boolean")
        );
      case "resource":
        return inner.kind === "reference";
      case "any":
        return true;
      default:
        return inner.kind === shape.kind;
    }
  }

  #claimLiteral(state, shape) {
    const found = state.left.find(
      (one) =>
        (one.kind === "literal" && one.value === shape.value) ||
        (one.kind === "member" && one.name === shape.value),
    );
    if (found !== undefined) {
      state.left.splice(state.left.indexOf(found), 1);
      this.#confirmWord(state, found, { doc: [] });
      return;
    }
    const isWord =
      state.isBare &&
      /^[A-Za-z_]\w*$/.test(shape.value) &&
      !this.library.isType(shape.value);
    const text = isWord ? shape.value : this.writer.text(shape);
    this.#add(state, () => ({ key: String(shape.value), text }), text);
  }

  #claimMember(state, member, shape) {
    const found = state.left.find(
      (one) =>
        (["member", "case"].includes(one.kind) && one.name === member.name) ||
        (one.kind === "literal" && one.value === member.value),
    );
    const where = `${state.where}.${member.name}`;
    if (found === undefined) {
      const alternative = this.writer.member(member, shape, where);
      if (alternative !== undefined) {
        this.result.note("new", where, `member \`${alternative.text}\``);
        state.added.push({ key: member.name, ...alternative });
      }
      return;
    }
    state.left.splice(state.left.indexOf(found), 1);
    if (found.kind === "case" && this.#caseDiffers(found, member)) {
      this.#redeclareCase(state, found, member, shape, where);
    } else {
      this.#confirmWord(state, found, member);
    }
  }

  #caseDiffers(found, { parameters = [] }) {
    if (found.parameters.length !== parameters.length) {
      return true;
    }
    return this.types.differs((trial) => {
      found.parameters.forEach((mine, i) => {
        const outcome = trial.compare(
          mine.type,
          parameters[i].shape,
          mine.name,
        );
        if (outcome.changed || mine.optional !== parameters[i].optional) {
          trial.result.note("changed", mine.name, "");
        }
      });
    });
  }

  #redeclareCase(state, found, member, shape, where) {
    const alternative = this.writer.member(member, shape, where);
    if (alternative !== undefined) {
      this.result.note(
        "changed",
        where,
        `\`${this.library.text(found)}\` is \`${alternative.text}\``,
      );
      state.added.push({ key: member.name, ...alternative, isOld: true });
    }
  }

  /// A word that both have: what the package adds to it.
  #confirmWord(state, found, member) {
    const text = this.library.text(found);
    const where = `${state.where}.${found.name ?? text}`;
    const decorators = [];
    if (found.decorators !== undefined) {
      this.types.deprecate(found, member, where, (decorator) =>
        decorators.push(decorator),
      );
    }
    const doc =
      found.decorators === undefined
        ? []
        : this.types.newDoc(found, member, where);
    const isConfirmed = found.inferred !== undefined;
    if (isConfirmed) {
      this.result.note("confirmed", where, found.inferred);
    }
    const forms =
      found.decorators === undefined ? [] : ownDecorators(found, true);
    const word = {
      key: found.name ?? text,
      text,
      doc: doc.length > 0 ? doc : ownDoc(found),
      decorators: [...decorators, ...forms],
    };
    const says =
      (isConfirmed || doc.length > 0 || decorators.length > 0) &&
      state.name !== undefined;
    state.kept.push(word);
    if (says) {
      this.#declareWord(state.name, {
        ...word,
        isSame: decorators.length === 0,
      });
    }
  }

  /// Where a word comes from is said by the word itself, unless its form is inferred.
  #declareWord(name, word) {
    const extension = this.result.typeExtension(name);
    const isInferred = word.decorators.some((one) =>
      one.startsWith("@inferred("),
    );
    const docs = isInferred ? [] : [this.result.docs];
    extension.alternatives.set(word.key ?? word.text, {
      ...word,
      decorators: [...docs, ...word.decorators],
    });
  }

  #claimObjects(state, objects) {
    const mine = state.left.filter(
      (one) => this.library.strip(one).kind === "object",
    );
    const shape =
      objects.length === 1 || mine.length === 1
        ? this.#joinedObjects(objects)
        : undefined;
    if (mine.length === 1 && shape !== undefined) {
      state.left.splice(state.left.indexOf(mine[0]), 1);
      const outcome = this.types.compare(mine[0], shape, state.where);
      (outcome.changed ? state.added : state.kept).push({
        text: outcome.text,
        doc: [],
        decorators: [],
      });
      return;
    }
    for (const one of objects) {
      const [best] = mine
        .filter((type) => state.left.includes(type))
        .sort((a, b) => this.#overlap(b, one) - this.#overlap(a, one));
      if (best === undefined) {
        this.#add(state, () => ({ text: this.writer.text(one) }), one.text);
      } else {
        state.left.splice(state.left.indexOf(best), 1);
        const outcome = this.types.compare(best, one, state.where);
        (outcome.changed ? state.added : state.kept).push({
          text: outcome.text,
          doc: [],
          decorators: [],
        });
      }
    }
  }

  #joinedObjects(objects) {
    return objects.length === 1
      ? objects[0]
      : { kind: "union", alternatives: objects };
  }

  #overlap(type, shape) {
    const names = new Set(shape.properties.map((one) => one.name));
    return this.library
      .strip(type)
      .properties.filter((one) => names.has(one.name)).length;
  }

  #add(state, make, shown) {
    try {
      const added = make();
      if (state.name !== undefined) {
        this.result.note("new", state.where, `alternative \`${shown}\``);
      }
      state.added.push({ doc: [], decorators: [], ...added });
    } catch (error) {
      if (!(error instanceof Inexpressible)) {
        throw error;
      }
      this.result.note(
        "left out",
        state.where,
        `it takes ${error.message}, which \`.depot\` has no value for`,
      );
    }
  }

  #conclude(state, mine, gone, shape) {
    const { name } = state;
    const same = {
      changed: false,
      text: name ?? mine.map((one) => this.library.text(one)).join(" | "),
    };
    if (gone.length === 0 && state.added.length === 0) {
      return same;
    }
    for (const one of name === undefined ? [] : gone) {
      this.result.note(
        "missing",
        `${state.where}.${one.name ?? this.library.text(one)}`,
        "the package has no such alternative",
      );
    }
    if (name !== undefined && gone.length === 0) {
      for (const word of state.added) {
        this.#declareWord(name, word);
      }
      return same;
    }
    const left = mine
      .filter((one) => this.#stays(one))
      .map((one) => ({
        text: this.library.text(one),
        doc: [],
        decorators: [],
      }));
    const all = [...left, ...state.kept, ...state.added].filter(
      (one, i, list) => list.findIndex((that) => that.text === one.text) === i,
    );
    if (name === undefined) {
      return { changed: true, text: all.map((one) => one.text).join(" | ") };
    }
    const text = this.#replace(name, all, shape);
    return {
      changed: true,
      text,
      shown: all.map((one) => one.text).join(" | "),
    };
  }

  /// Something of the library's type is gone: another type stands in its place.
  #replace(name, alternatives, shape) {
    const declaration = this.library.types[name];
    const [own] = (
      shape.kind === "union" ? shape.alternatives : [shape]
    ).filter((one) => ["enum", "class"].includes(one.kind));
    const forms = ownDecorators(declaration, true).filter(
      (one) => own === undefined || !one.startsWith("@cdk("),
    );
    const symbol =
      own?.from === undefined
        ? []
        : [`@cdk(symbol(${quoted(own.path)}, ${quoted(own.from)}))`];
    const other = this.writer.freeName(name);
    this.types.replaced.set(name, other);
    this.result.types.delete(name); // what was confirmed of it is said of the other one
    this.result.types.set(other, {
      isNew: true,
      doc: own?.doc.length > 0 ? own.doc : ownDoc(declaration),
      decorators: [this.result.docs, ...symbol, ...forms],
      properties: new Map(),
      alternatives: new Map(
        alternatives.map((one) => [one.key ?? one.text, one]),
      ),
    });
    if (own !== undefined) {
      this.writer.learn(own, other);
    }
    return other;
  }
}
