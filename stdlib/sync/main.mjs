/// Compares an installed npm package with depotc's library. Started by `depotc stdlib sync`: main.mjs REQUEST.json prints the
/// answer as JSON. README.md describes both.
import fs from "node:fs";
import path from "node:path";

import { Comparison } from "./compare.mjs";
import { Declarations } from "./declarations.mjs";
import { Failure } from "./failure.mjs";
import { Library } from "./library.mjs";
import { openPackage } from "./package.mjs";
import { writeReport } from "./report.mjs";
import { openTypeScript } from "./typescript.mjs";
import { mentionedTypes, writeFile } from "./write.mjs";

/// Codes of TypeScript's messages about modules that are not there.
const MODULE_MISSING = [2307, 7016, 2792, 2688];

/// Modules by which constructs are known: without them nothing is.
const BASES = /^(constructs|aws-cdk-lib)(\/|$)/;

/// Syntax is judged before anything else: after a mistake there, types mean nothing.
function refuseMistakes(ts, pack) {
  for (const file of pack.files) {
    const [first] = ts.syntaxMistakes(file);
    if (first !== undefined) {
      throw new Failure(
        "syntax",
        `${path.relative(pack.root, file)}:${first.line}: ${first.text}`,
      );
    }
  }
}

/// Modules that the declarations import and nobody installed: types from there are unknown.
function missingModules(ts, pack) {
  const found = new Set();
  for (const file of pack.files) {
    for (const one of ts
      .mistakes(file)
      .filter(({ code }) => MODULE_MISSING.includes(code))) {
      const [, name] = /'([^']+)'/.exec(one.text) ?? [];
      found.add(name ?? one.text);
    }
  }
  return [...found].sort();
}

async function answer(request) {
  const pack = openPackage(request.package);
  const folders = [request.package, pack.root, process.cwd()];
  const ts = await openTypeScript(request.typescript, folders, pack.files);
  try {
    refuseMistakes(ts, pack);
    const library = new Library(request.library);
    const missing = missingModules(ts, pack);
    const declarations = new Declarations(ts, pack);
    const base = missing.find((one) => BASES.test(one));
    if (base !== undefined) {
      throw new Failure(
        "foreign",
        `\`${base}\`, which it imports, is not installed`,
      );
    }
    if (declarations.offered().length === 0) {
      throw new Failure("foreign", "it exports no such class");
    }
    // The first run learns which types of the library stand for which of the package; the second uses that everywhere.
    const first = new Comparison(library, declarations, []);
    first.run();
    const others = [...first.types.replaced.values()];
    const known = [...first.writer.names].filter(
      ([, name]) => library.types[name] !== undefined || others.includes(name),
    );
    const result = new Comparison(library, declarations, known).run();
    const written = mentionedTypes(result);
    result.forgetTypes(
      (name) => written.has(name) || library.types[name] !== undefined,
    );
    const notes = missing.map(
      (one) =>
        `The module \`${one}\` is not installed; what comes from there is not known.`,
    );
    return {
      name: pack.name.slice(pack.name.lastIndexOf("/") + 1),
      text: writeFile(result, library, pack),
      report: writeReport(result, pack, notes),
    };
  } finally {
    ts.close();
  }
}

const request = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
let output;
try {
  output = await answer(request);
} catch (error) {
  if (!(error instanceof Failure)) {
    throw error;
  }
  output = {
    failure: {
      kind: error.kind,
      subject: request.shown,
      message: error.message,
    },
  };
}
// Written at once, whatever standard output is.
fs.writeFileSync(1, JSON.stringify(output));
