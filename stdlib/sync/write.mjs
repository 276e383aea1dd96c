/// The text of the `.depot` file, laid out as the library's own files are.

import { ownDecorators, ownDoc } from "./library.mjs";

/// So long a line of alternatives may be.
const WIDTH = 100;

function indented(text, margin) {
  return text
    .split("\n")
    .map((line) => (line === "" ? "" : margin + line))
    .join("\n");
}

function docText(doc) {
  return doc.map((line) => `///${line === "" ? "" : ` ${line}`}\n`).join("");
}

/// A property with its type, or only what is said of one that is there: its decorators stand behind it then.
function propertyText(property) {
  const { name, optional, text, fallback, doc, decorators } = property;
  if (text === undefined) {
    return `${docText(doc)}${name} ${decorators.join(" ")}`;
  }
  const lines = decorators.map((one) => `${one}\n`).join("");
  const value = fallback === undefined ? "" : ` = ${fallback}`;
  return `${docText(doc)}${lines}${name}${optional ? "?" : ""}: ${text}${value}`;
}

function attributeText({ name, type, doc, decorators, forms }) {
  const lines = decorators.map((one) => `${one}\n`).join("");
  return `${docText(doc)}${lines}attribute ${name}: ${type} {\n${indented(forms.join("\n"), "  ")}\n}`;
}

/// `extend K.T { … }` and `construct K.T { … }`.
function blockText(word, label, body) {
  const members = [
    ...[...body.properties.values()].map(propertyText),
    ...[...body.attributes.values()].map(attributeText),
    ...body.clauses.values(),
  ];
  const [, existing, name] = /^(existing )?(.*)$/.exec(label);
  const head = `${docText(body.doc)}${[...new Set(body.decorators)].map((one) => `${one}\n`).join("")}`;
  const start = `${existing ?? ""}${word} ${name}`;
  return members.length === 0
    ? `${head}${start} {}`
    : `${head}${start} {\n${members.map((one) => indented(one, "  ")).join("\n\n")}\n}`;
}

function alternativeText({ doc, text, decorators }, i) {
  const line = `${i === 0 ? "  " : "| "}${[text, ...decorators].join(" ")}`;
  return `${indented(docText(doc).trimEnd(), "    ")}${doc.length > 0 ? "\n" : ""}  ${line}`;
}

function alternativesText(alternatives) {
  const plain = alternatives
    .map(({ text, decorators }) => [text, ...decorators].join(" "))
    .join(" | ");
  const isPlain =
    alternatives.every(({ doc }) => doc.length === 0) && plain.length <= WIDTH;
  return isPlain
    ? ` ${plain}`
    : `\n${alternatives.map(alternativeText).join("\n")}`;
}

/// A word that stands alone is the name of a type, unless something is said of it.
function alternativesOf(type) {
  const all = [...type.alternatives.values()];
  const [only] = all;
  return all.length === 1 && only.decorators.length === 0 && type.isNew
    ? [
        {
          ...only,
          decorators: type.decorators.filter((one) => one.startsWith("@docs(")),
        },
      ]
    : all;
}

function typeText(name, type, library) {
  const head = `${docText(type.doc)}${[...new Set(type.decorators)].map((one) => `${one}\n`).join("")}`;
  const start = `${head}${type.isNew ? "" : "extend "}type ${name} =`;
  const alternatives = alternativesOf(type);
  if (alternatives.length > 0) {
    return `${start}${alternativesText(alternatives)}`;
  }
  const properties = [...type.properties.values()].map((one) =>
    propertyText(typed(one, library)),
  );
  const rest = type.rest === undefined ? [] : [`[string]: ${type.rest}`];
  const members = [...properties, ...rest].map((one) => indented(one, "  "));
  return `${start} {${members.length > 0 ? `\n${members.join("\n")}\n` : ""}}`;
}

/// In a type a property always has its type, and never a default: that is told in words.
function typed(property, library) {
  const { text, source, fallback, doc } = property;
  if (text !== undefined || source === undefined) {
    const told = fallback === undefined ? [] : [`Default: \`${fallback}\``];
    return { ...property, fallback: undefined, doc: [...doc, ...told] };
  }
  return {
    ...property,
    text: library.text(source.type),
    doc: doc.length > 0 ? doc : ownDoc(source),
    decorators: [...property.decorators, ...ownDecorators(source, true)],
  };
}

/// The names of types that something that is written mentions, directly or through others.
export function mentionedTypes(result) {
  const bodies = [...result.extensions.values(), ...result.constructs];
  const texts = bodies.flatMap((body) =>
    [...body.properties.values()].map((one) => one.text ?? ""),
  );
  for (const type of result.types.values()) {
    if (!type.isNew) {
      texts.push(
        ...[...type.properties.values(), ...type.alternatives.values()].map(
          (one) => one.text ?? "",
        ),
      );
    }
  }
  const found = new Set();
  while (texts.length > 0) {
    for (const [name] of texts.pop().matchAll(/[A-Za-z_][\w.]*/g)) {
      const type = result.types.get(name);
      if (type?.isNew && !found.has(name)) {
        found.add(name);
        texts.push(
          ...[...type.properties.values(), ...type.alternatives.values()].map(
            (one) => one.text ?? "",
          ),
          type.rest ?? "",
        );
      }
    }
  }
  return found;
}

function byName([a], [b]) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/// The part of a body or type that is otherwise in the library, and the part that the library has the same, with less said of it.
function parted(body) {
  const isNews = (one) => /^@(deprecated|cdk)\b/.test(one);
  const part = (map, news) =>
    new Map(
      [...(map ?? [])].filter(([, one]) => (one.isSame !== true) === news),
    );
  const head = body.decorators.some(isNews);
  if (head && body.alternatives !== undefined) {
    return [
      body,
      {
        ...body,
        doc: [],
        decorators: [],
        properties: new Map(),
        alternatives: new Map(),
      },
    ];
  }
  const news = {
    ...body,
    doc: head ? body.doc : [],
    decorators: head ? body.decorators : [],
    properties: part(body.properties, true),
    alternatives: part(body.alternatives, true),
  };
  const same = {
    ...body,
    doc: head ? [] : body.doc,
    decorators: head ? [] : body.decorators,
    properties: part(body.properties, false),
    alternatives: part(body.alternatives, false),
    attributes: new Map(),
    clauses: new Map(),
  };
  return [news, same];
}

function isEmpty(body) {
  const sizes = [
    body.properties,
    body.alternatives,
    body.attributes,
    body.clauses,
  ].map((one) => one?.size ?? 0);
  return (
    body.decorators.length +
      body.doc.length +
      sizes.reduce((sum, one) => sum + one, 0) ===
    0
  );
}

/// The texts of all additions: `part` 0 for what is otherwise, 1 for what is the same.
function additions(result, library, part) {
  const extensions = [...result.extensions].map(([label, body]) => [
    label,
    parted(body)[part],
  ]);
  const types = [...result.types]
    .filter(([, type]) => !type.isNew)
    .map(([name, type]) => [name, parted(type)[part]]);
  return [
    ...extensions
      .filter(([, body]) => !isEmpty(body))
      .sort(byName)
      .map(([label, body]) => blockText("extend", label, body)),
    ...types
      .filter(([, type]) => !isEmpty(type))
      .sort(byName)
      .map(([name, type]) =>
        typeText(name, completed(name, type, library), library),
      ),
  ];
}

function section(title, texts) {
  return texts.length === 0
    ? ""
    : `\n// ${title}\n${texts.map((one) => `\n${one}\n`).join("")}`;
}

/// The whole file.
export function writeFile(result, library, pack) {
  const mentioned = mentionedTypes(result);
  const constructs = result.constructs.map((body) =>
    blockText("construct", body.label, body),
  );
  const types = [...result.types]
    .filter(([name, type]) => type.isNew && mentioned.has(name))
    .sort(byName)
    .map(([name, type]) => typeText(name, type, library));
  const header = [
    `// What ${pack.name} ${pack.version} declares and the library of depotc lacks or has otherwise.`,
    "// Written by `depotc stdlib sync`, which writes it anew: corrections belong into a file of their own.",
  ];
  return [
    `${header.join("\n")}\n`,
    section("What is otherwise in the package", additions(result, library, 0)),
    section("What only the package has", [...constructs, ...types]),
    section(
      "What the library has the same, confirmed or in the package's words",
      additions(result, library, 1),
    ),
  ].join("");
}

/// An addition that only says something of the type as a whole needs a part of it to stand on; the first is enough.
function completed(name, type, library) {
  if (type.isNew || type.properties.size + type.alternatives.size > 0) {
    return type;
  }
  const { type: inner } = library.types[name];
  const first = inner.kind === "union" ? inner.alternatives[0] : inner;
  const word = { text: library.text(first), doc: [], decorators: [] };
  return inner.kind === "object"
    ? type
    : { ...type, alternatives: new Map([["", word]]) };
}
