/// run.mjs DEPOTC BUILD_DIR [--bless] [NAME…]: has `depotc stdlib sync` read the stand-in package as it is and changed in many
/// ways, and holds what it writes against expected/. BUILD_DIR is what ../oracle/install.sh filled.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { changes } from "./changes.mjs";

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
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
