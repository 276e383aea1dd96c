/// Constructs that the library lacks, and what is added to those that it has: their attributes and clauses.
import { quoted } from "./library.mjs";
import { newBody } from "./result.mjs";
import { Inexpressible, deprecation, docLines, pascal } from "./types.mjs";

/// `DataLake` as `dataLake`, `API` as `api`.
export function camel(name) {
  return name.replace(/^[A-Z]+(?=[A-Z][a-z]|$)|^[A-Z]/, (start) =>
    start.toLowerCase(),
  );
}

/// The clause's text with the class or factory where it is now.
export function movedClause(text, { path, from }) {
  return text
    .replace(/(\bclass: )"[^"]*"/, (_, start) => start + quoted(path))
    .replace(/(\bfrom: )"[^"]*"/, (_, start) => start + quoted(from));
}

/// The place of the bracket that closes the one at `open`.
function closing(text, open) {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    depth += text[i] === "{" ? 1 : text[i] === "}" ? -1 : 0;
    if (depth === 0) {
      return i;
    }
  }
  return text.length;
}

/// A clause that lists what it writes has to list a new property too.
export function addToClauses(library, construct, clause, name, clauses) {
  if (library.memberOf(clause, "props")?.members !== undefined) {
    const text = clauses.get(clause.target) ?? clause.text;
    const open = text.indexOf("{", text.search(/\bprops: \{/));
    const close = closing(text, open);
    const before = text.slice(0, close).trimEnd();
    const comma = before.endsWith("{") || before.endsWith(",") ? "" : ",";
    const lines = before.includes("\n", open);
    const indent = /^[ \t]*/.exec(before.slice(before.lastIndexOf("\n") + 1))[0];
    clauses.set(
      clause.target,
      lines
        ? `${before}\n${indent}${name}: ${name}${text.slice(before.length)}`
        : `${before}${comma} ${name}: ${name} ${text.slice(close)}`,
    );
  }
  const [other, ...more] = construct.clauses.filter(
    (one) => one.target !== clause.target,
  );
  if (other === undefined || more.length > 0 || /\brest\b/.test(other.text)) {
    return;
  }
  const text = clauses.get(other.target) ?? other.text;
  const close = text.lastIndexOf("}");
  clauses.set(
    other.target,
    `${text.slice(0, close).trimEnd()}\n  ${pascal(name)}: ${name}\n${text.slice(close)}`,
  );
}

/// Members of a class that other resources may use: those that are a text or a number. [{ name, type, doc }…]
function usable(comparison, symbol) {
  const types = { string: "string", number: "number" };
  return comparison.declarations
    .attributes(symbol)
    .filter(
      (one) =>
        types[one.shape.kind] !== undefined &&
        !one.optional &&
        /^[A-Za-z_]\w*$/.test(one.name),
    )
    .map((one) => ({
      name: one.name,
      type: types[one.shape.kind],
      doc: docLines(one),
      deprecated: one.deprecated,
    }));
}

/// An attribute for a member of the class `path`. What is called like the construct's id is its physical id.
function attribute(comparison, { name, type, doc, deprecated }, path) {
  const isId = name === idOf(path);
  const reason = `${comparison.source} has the member; ${isId ? "that it is the physical id" : "what a template calls it"} is by analogy`;
  const decorators = [`@inferred(${quoted(reason)})`];
  if (deprecated !== undefined) {
    decorators.push(deprecation(deprecated, comparison.source));
  }
  const form = isId ? "ref()" : `att(${quoted(pascal(name))})`;
  return {
    name,
    type,
    doc,
    decorators,
    forms: [`cfn: ${form}`, `cdk: member(${quoted(name)})`],
  };
}

/// `Location.DataLake` has the id `dataLakeId`.
function idOf(path) {
  return `${camel(path.slice(path.lastIndexOf(".") + 1))}Id`;
}

/// Adds the attributes that the library lacks, and tells of those that the class lacks.
export function compareAttributes(comparison, construct, symbol) {
  const { result, declarations } = comparison;
  const { label } = construct;
  const memberOf = (one) => {
    const form = one.forms.find(({ name }) => name === "cdk")?.value;
    return form?.call === "member" ? form.arguments[0] : undefined;
  };
  const known = new Set(
    construct.attributes.flatMap((one) => [one.name, memberOf(one)]),
  );
  const taken = new Set(construct.properties.map((one) => one.name));
  for (const one of usable(comparison, symbol)) {
    if (!known.has(one.name) && !taken.has(one.name)) {
      result.note(
        "new",
        `${label}.${one.name}`,
        `attribute \`${one.name}: ${one.type}\``,
      );
      result
        .extension(label)
        .attributes.set(one.name, attribute(comparison, one, ""));
    }
  }
  const members = new Set(
    declarations.attributes(symbol).map((one) => one.name),
  );
  for (const one of construct.attributes) {
    const member = memberOf(one);
    if (member !== undefined && !members.has(member)) {
      result.note(
        "missing",
        `${label}.${one.name}`,
        `the attribute is the class's \`${member}\`, which the package has not`,
      );
    }
  }
}

/// How the library writes other types of the kind to a template, for `type`; undefined if there are none.
function clauseOfKind(library, kind, type) {
  const counts = new Map();
  for (const one of library.constructs) {
    const clauses = one.clauses.filter((clause) => clause.target === "cfn");
    if (one.kind === kind && one.type !== undefined && clauses.length === 1) {
      const text = clauses[0].text.replaceAll(
        `"${one.type.toLowerCase()}"`,
        `"${type.toLowerCase()}"`,
      );
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best?.[0];
}

/// By analogy with what the library has.
function clauseByName(name, { container, hasName, hasContainer }) {
  const lines = [
    ...(hasName ? [`  ${name}Name: name`] : []),
    ...(hasContainer ? [`  ${pascal(container)}Id: ${container}.id`] : []),
    "  Enabled: true",
    `  ${name}Props: pascalKeys(rest)`,
  ];
  return [`cfn "Custom::${name}" {`, ...lines, "}"].join("\n");
}

/// A construct for a class that the library lacks. Throws Inexpressible if a program could not give what it needs.
export function newConstruct(comparison, { path, from, symbol, label }) {
  const { library, declarations, result, writer, types } = comparison;
  const maker = declarations.maker(symbol);
  if (maker.more.length > 0) {
    throw new Inexpressible(`a further argument, \`${maker.more[0]}\``);
  }
  const comment = declarations.comment(symbol);
  const [kind, type] = label.split(".");
  const base = library.byLabel.get(type === undefined ? "" : kind);
  const body = { label, ...newBody() };
  body.doc = docLines(comment);
  body.decorators.push(result.docs);
  if (comment.deprecated !== undefined) {
    body.decorators.push(deprecation(comment.deprecated, comparison.source));
  }
  const all =
    maker.props === undefined ? [] : types.mergedProperties(maker.props);
  const holder = all.find(
    (one) =>
      one.shape.kind === "resource" &&
      one.shape.labels.includes(library.container),
  );
  const own = all.filter(
    (one) =>
      one !== holder &&
      one.shape.kind !== "never" &&
      one.shape.kind !== "nothing",
  );
  const declared = writer.properties({ properties: own }, label);
  for (const one of declared) {
    const inherited = base?.properties.find(({ name }) => name === one.name);
    if (
      inherited === undefined ||
      types.compare(
        inherited.type,
        own.find(({ name }) => name === one.name).shape,
        label,
      ).changed
    ) {
      body.properties.set(one.name, one);
    }
  }
  for (const one of base?.properties ?? []) {
    if (!declared.some(({ name }) => name === one.name)) {
      const doc = [`${comparison.source} has no such property.`];
      body.properties.set(one.name, {
        name: one.name,
        optional: true,
        text: "never",
        doc,
        decorators: [],
      });
    }
  }
  for (const one of usable(comparison, symbol)) {
    const isKnown =
      base?.attributes.some(({ name }) => name === one.name) ?? false;
    if (!isKnown && !all.some(({ name }) => name === one.name)) {
      body.attributes.set(one.name, attribute(comparison, one, path));
      if (one.name === idOf(path) && base === undefined) {
        body.attributes.set("id", {
          ...attribute(comparison, one, path),
          name: "id",
        });
      }
    }
  }
  addClauses(library, body, { path, from, kind, type, holder, declared });
  return body;
}

function addClauses(
  library,
  body,
  { path, from, kind, type, holder, declared },
) {
  const { container } = library;
  const start = `class: ${quoted(path)}, from: ${quoted(from)}`;
  if (holder?.name === container) {
    body.clauses.set("cdk", `cdk { ${start} }`);
  } else {
    const outer = holder === undefined ? [] : [`${holder.name}: ${container}`];
    const props = [
      ...outer,
      ...declared.map((one) => `${one.name}: ${one.name}`),
    ];
    const list =
      props.length === 0
        ? "{}"
        : `{\n${props.map((one) => `    ${one}`).join("\n")}\n  }`;
    body.clauses.set(
      "cdk",
      `cdk {\n  class: ${quoted(path)}\n  from: ${quoted(from)}\n  props: ${list}\n}`,
    );
  }
  const name = path.split(".").at(-1);
  const hasName = declared.some((one) => one.name === "name");
  const ofKind =
    type === undefined ? undefined : clauseOfKind(library, kind, type);
  const text =
    ofKind ??
    clauseByName(name, {
      container,
      hasName,
      hasContainer: holder !== undefined,
    });
  const reason =
    ofKind === undefined
      ? "by analogy with the library's custom resources"
      : `by analogy with the other types of ${kind}`;
  body.clauses.set("cfn", `@inferred(${quoted(reason)})\n${text}`);
}
