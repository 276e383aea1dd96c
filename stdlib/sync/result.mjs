/// What a comparison finds: declarations for the file, and entries for the report.

/// What stands in the block of a construct or of an addition to one: properties by name, attributes by name, and the text of a
/// clause by its back end.
export function newBody() {
  return {
    doc: [],
    decorators: [],
    properties: new Map(),
    attributes: new Map(),
    clauses: new Map(),
  };
}

export class Result {
  constructor(source) {
    this.source = source; // "NAME VERSION": where the facts come from
    this.extensions = new Map(); // label → { existing, doc, decorators, properties, attributes, clauses }
    this.types = new Map(); // name → { isNew, doc, decorators, properties, alternatives, text }
    this.constructs = []; // new ones: the same and their label
    this.entries = []; // { what, where, text }
  }

  /// Notes a fact for the report. `what` is one of those in report.mjs.
  note(what, where, text) {
    this.entries.push({ what, where, text });
  }

  /// Forgets what was noted of a construct that is not written in the end.
  forget(label) {
    this.entries = this.entries.filter(
      (one) => !one.where.startsWith(`${label}.`),
    );
  }

  /// Forgets what was left out of types that are not in the file; `isThere` says which names are.
  forgetTypes(isThere) {
    this.entries = this.entries.filter(({ what, where }) => {
      const dot = where.lastIndexOf(".");
      const isType = /^[A-Z]/.test(where);
      return (
        what !== "left out" ||
        !isType ||
        dot < 0 ||
        isThere(where.slice(0, dot))
      );
    });
  }

  /// What is added to the construct `label`.
  extension(label) {
    if (!this.extensions.has(label)) {
      this.extensions.set(label, newBody());
    }
    return this.extensions.get(label);
  }

  /// What is added to the library's type `name`.
  typeExtension(name) {
    if (!this.types.has(name)) {
      this.types.set(name, {
        isNew: false,
        doc: [],
        decorators: [],
        properties: new Map(),
        alternatives: new Map(),
      });
    }
    return this.types.get(name);
  }

  /// Where something comes from, as a decorator.
  get docs() {
    return `@docs("${this.source}")`;
  }
}
