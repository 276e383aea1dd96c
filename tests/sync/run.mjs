/// run.mjs DEPOTC BUILD_DIR [--bless] [NAME…]: has `depotc stdlib sync` read the stand-in package as it is and changed in many
/// ways, and holds what it writes against expected/. BUILD_DIR is what ../oracle/install.sh filled.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { changes } from "./changes.mjs";
import { others } from "./others.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const [depotc, build, ...words] = process.argv
  .slice(2)
  .map((one, i) => (i < 2 ? path.resolve(one) : one));
const bless = words.includes("--bless");
const wanted = words.filter((one) => one !== "--bless");
const modules = path.join(build, "node_modules");
const work = path.join(build, "sync");
const source = path.join(here, "..", "depot-cdk", "depot-cdk");

let passed = 0;
let failed = 0;

function check(name, holds, complaint) {
  if (holds) {
    passed++;
  } else {
    failed++;
    console.log(`FAILED ${name}: ${complaint}`);
  }
}

/// A folder of modules in which everything but the package that is to be changed is the real one.
function prepare() {
  fs.rmSync(work, { recursive: true, force: true });
  const scope = path.join(work, "node_modules", "@stage-tech");
  fs.mkdirSync(scope, { recursive: true });
  for (const name of fs
    .readdirSync(modules)
    .filter((one) => one !== "@stage-tech")) {
    fs.symlinkSync(
      path.join(modules, name),
      path.join(work, "node_modules", name),
    );
  }
  for (const name of ["depot-schema", "depot-package-common"]) {
    fs.symlinkSync(
      path.join(modules, "@stage-tech", name),
      path.join(scope, name),
    );
  }
  return path.join(scope, "depot-cdk");
}

/// Compiles the stand-in with `edits` into `folder`.
function compile(name, folder, edits) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.cpSync(source, folder, { recursive: true });
  for (const { file, from, to } of edits) {
    const at = path.join(folder, "src", file);
    const old = fs.readFileSync(at, "utf8");
    const changed = from === undefined ? old + to : old.replace(from, () => to);
    check(name, changed !== old, `${file} does not have what is to be changed`);
    fs.writeFileSync(at, changed);
  }
  const tsc = path.join(modules, ".bin", "tsc");
  const { status, stdout } = spawnSync(
    tsc,
    ["-p", folder, "--noUnusedLocals", "false"],
    { encoding: "utf8" },
  );
  check(name, status === 0, `the changed package does not compile:\n${stdout}`);
}

/// What depotc writes and prints for the package in `folder`.
function sync(folder, ...options) {
  const file = path.join(work, "out.depot");
  fs.rmSync(file, { force: true });
  const { status, stdout, stderr } = spawnSync(
    depotc,
    ["stdlib", "sync", folder, "-o", file, ...options],
    { encoding: "utf8" },
  );
  return {
    status,
    stdout,
    stderr,
    text: status === 0 ? fs.readFileSync(file, "utf8") : "",
  };
}

/// Without what an unchanged package has too: the last section, the seal and the list of what is confirmed.
function differences({ stdout, text }) {
  const [news] = text.split("\n// What the library has the same");
  const report = stdout.replace(
    /\nwas inferred and is confirmed[^\n]*\n(  [^\n]*\n)*/,
    "",
  );
  return {
    depot: news.replace(/\/\/ depotc-sync [0-9a-f]+\n$/, ""),
    txt: report,
  };
}

function hold(name, files) {
  for (const [end, text] of Object.entries(files)) {
    const at = path.join(here, "expected", `${name}.${end}`);
    if (bless) {
      fs.mkdirSync(path.dirname(at), { recursive: true });
      fs.writeFileSync(at, text);
    }
    const expected = fs.existsSync(at) ? fs.readFileSync(at, "utf8") : "";
    const diff =
      expected === text
        ? ""
        : spawnSync("diff", ["-u", at, "-"], { input: text, encoding: "utf8" })
            .stdout;
    check(`${name}.${end}`, expected === text, `it is otherwise:\n${diff}`);
  }
}

/// The file is a program's: it compiles.
function compiles(name, text, program = "") {
  const folder = path.join(work, "program");
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "sync.depot"), text);
  fs.writeFileSync(
    path.join(folder, "main.depot"),
    `import "./sync.depot"\n${program}`,
  );
  const { status, stderr } = spawnSync(depotc, ["check", "main.depot"], {
    cwd: folder,
    encoding: "utf8",
  });
  check(name, status === 0, `what was written does not compile:\n${stderr}`);
}

/// With the file, a program builds for both back ends, the TypeScript compiles against the changed package, and both templates are
/// the same.
function proves(name, members) {
  const result = path.join(work, "proof", name);
  const program = path.join(work, "program");
  const account = 'account: { name: "sandbox", id: "111111111111" }';
  fs.writeFileSync(
    path.join(program, "main.depot"),
    `import "./sync.depot"\n\nenvironment demo {\n  ${account}${members}}\n`,
  );
  for (const target of ["cfn", "cdk"]) {
    const words = ["build", "main.depot", "--target", target, "-o"];
    const { status, stderr } = spawnSync(
      depotc,
      [...words, path.join(result, target)],
      { cwd: program, encoding: "utf8" },
    );
    check(name, status === 0, `its program does not build:\n${stderr}`);
  }
  const prove = path.join(here, "..", "oracle", "prove.mjs");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [prove, "--node-modules", path.join(work, "node_modules"), result],
    { encoding: "utf8" },
  );
  check(name, status === 0, `both back ends differ:\n${stdout}${stderr}`);
}

const packages = path.join(build, "sync-packages", "node_modules");

/// Whatever version of TypeScript reads, the same comes out.
function testOtherTypeScripts() {
  const { text, stdout } = sync(folder);
  for (const name of ["typescript-5", "typescript-6"]) {
    const other = sync(folder, "--typescript", path.join(packages, name));
    check(name, other.status === 0, other.stderr);
    check(name, other.text === text, "it makes another file of the stand-in");
    check(name, other.stdout === stdout, "it makes another report");
  }
}

/// What others wrote can be read, and what comes out compiles. Their texts are not kept here.
function testOtherPackages() {
  for (const { name, says, reports, not } of others) {
    const at = path.join(packages, name);
    const seven = sync(at, "--typescript", path.join(modules, "typescript"));
    check(name, seven.status === 0, seven.stderr);
    const five = sync(at, "--typescript", path.join(packages, "typescript-5"));
    check(name, five.text === seven.text, "versions of TypeScript differ");
    check(name, five.stdout === seven.stdout, "their reports differ");
    for (const text of says) {
      check(name, seven.text.includes(text), `it does not say: ${text}`);
    }
    for (const text of reports) {
      check(name, seven.stdout.includes(text), `it does not report: ${text}`);
    }
    for (const text of not) {
      check(name, !seven.text.includes(text), `it says: ${text}`);
    }
    compiles(name, seven.text);
  }
}

/// What is wrong around a package is told; nothing is written.
function testFailures() {
  const broken = path.join(work, "broken");
  const manifest = (members) => ({ "package.json": JSON.stringify(members) });
  const named = { name: "broken", version: "1.0.0" };
  const scope = 'import { Construct } from "constructs";\n';
  const cases = [
    ["D0061", "there is no `package.json`", {}],
    ["D0061", "is not JSON", { "package.json": "{" }],
    ["D0061", "has no `version`", manifest({ name: "broken" })],
    ["D0061", "has no `name`", { "package.json": "null" }],
    ["D0061", "none that npm allows", manifest({ name: "a\n}", version: "1" })],
    ["D0062", "leads to a file", manifest(named)],
    ["D0062", "leads to a file", manifest({ ...named, types: "no.d.ts" })],
    [
      "D0066",
      "it exports no such class",
      { ...manifest(named), "index.d.ts": "export class A {}\n" },
    ],
    [
      "D0067",
      "index.d.ts:2:",
      { ...manifest(named), "index.d.ts": "export class A {\n  b: ;\n}\n" },
    ],
    [
      "D0066",
      "`aws-cdk-lib/none`, which it imports, is not installed",
      {
        ...manifest(named),
        "index.d.ts": `${scope}export { X } from "aws-cdk-lib/none";\n`,
      },
    ],
  ];
  for (const [id, text, files] of cases) {
    fs.rmSync(broken, { recursive: true, force: true });
    fs.mkdirSync(broken, { recursive: true });
    for (const [name, content] of Object.entries(files)) {
      fs.writeFileSync(path.join(broken, name), content);
    }
    const { status, stderr, stdout } = sync(broken);
    const told = stderr.includes(`error[${id}]`) && stderr.includes(text);
    check(id, status !== 0 && told, `expected ${text}, got:\n${stderr}`);
    check(id, stdout === "", "there is a report");
  }
  const { stderr } = sync(folder, "--typescript", broken);
  check(
    "D0063",
    stderr.includes("is not the folder of the npm package"),
    stderr,
  );
}

const folder = prepare();
const all = [{ name: "unchanged", edits: [] }, ...changes].filter(
  ({ name }) => wanted.length === 0 || wanted.includes(name),
);
for (const { name, edits, says = [], program } of all) {
  compile(name, folder, edits);
  const first = sync(folder);
  check(
    name,
    first.status === 0,
    `depotc ends with ${first.status}:\n${first.stderr}`,
  );
  if (first.status === 0) {
    hold(
      name,
      name === "unchanged"
        ? { depot: first.text, txt: first.stdout }
        : differences(first),
    );
    for (const text of says) {
      check(name, first.text.includes(text), `it does not say:\n${text}`);
    }
    check(
      name,
      sync(folder).text === first.text,
      "a second run writes something else",
    );
    compiles(name, first.text);
    if (program !== undefined) {
      proves(name, program);
    }
  }
}
if (wanted.length === 0) {
  compile("unchanged", folder, []);
  testOtherTypeScripts();
  testOtherPackages();
  testFailures();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
