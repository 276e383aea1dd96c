// node tests/faults/run.mjs DEPOTC LIBRARY: every call of the system that writes or reads files fails once, in each of some commands,
// and the command is killed at each of them once. Each file is then old or new, never a half; nothing is written before all of it
// could be; whoever fails says so; and the same command without a fault completes what was begun. Ends with `N passed, N failed`.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const [depotc, library] = process.argv.slice(2, 4).map((file) => path.resolve(file));
const CALLS = ["open", "read", "write", "close", "rename", "unlink", "mkdir", "fsync", "flock", "fchmod", "opendir", "realpath"];
/** A full disk, no permission, and a disk that fails. */
const ERRNOS = { write: 28, mkdir: 28, open: 13, rename: 13, opendir: 13, realpath: 13 };
const DISK_FAILS = 5;
/** With these it may go on failing. */
const LASTING = ["open", "write", "rename"];
/** A kill between two of these leaves nothing else than one at the next of them. */
const KILLS = ["open", "write", "close", "rename", "unlink", "mkdir", "flock"];
const INTERNAL = 70;

const work = fs.mkdtempSync(path.join(os.tmpdir(), "depotc-faults-"));
const project = path.join(work, "project");
const mark = path.join(work, "mark");
let passed = 0;
let failed = 0;

const program = (prefix, schema) => `environment orders {
  account: { name: "retail", id: aws.accountId }
  location hot: DynamoDB { tablePrefix: "${prefix}" }
  package shop { version: "1.0.0", schemas: ["./schemas"] }
  dataset carts { location: hot, package: shop }
}
environment stock {
  account: { name: "${prefix}", id: aws.accountId }
  location cold${schema}: DynamoDB {}
}
`;

function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
}

/** All files below a folder: path → text. Of the lock file only that it is there. */
function contents(folder, below = "", found = {}) {
  for (const entry of fs.readdirSync(path.join(folder, below), { withFileTypes: true })) {
    const name = path.join(below, entry.name);
    if (entry.isDirectory()) contents(folder, name, found);
    else found[name] = fs.readFileSync(path.join(folder, name), "utf8");
  }
  return found;
}

const SCHEMA = { "schemas/Order.yaml": "type: object\nproperties:\n  number: string\n" };
const UNFORMATTED = 'environment   orders {\n  account: { name: "retail", id: aws.accountId }\n  location hot: DynamoDB { capacityMode: "ONDEMAND" }\n}\n';

/**
 * `before` is what is there; `old` makes output of it first, if there is some. `each`: files are written by themselves; `atomic`:
 * all or none, as far as the system lets us; `partial`: it may be left unfinished, and says so;
 * `cleans`: the next one removes the temporary files of one that was killed.
 */
const COMMANDS = {
  "build anew": { cleans: true, before: { "main.depot": program("a", 1), ...SCHEMA }, args: ["build", "--target", "cfn", "--target", "cdk", "-o", "out", "main.depot"] },
  "build again": {
    cleans: true,
    before: { "main.depot": program("a", 1), ...SCHEMA },
    old: ["build", "--target", "cfn", "--target", "cdk", "-o", "out", "main.depot"],
    change: { "main.depot": program("b", 2) },
    args: ["build", "--target", "cfn", "--target", "cdk", "-o", "out", "main.depot"],
  },
  "fmt": { before: { "main.depot": UNFORMATTED, "more.depot": UNFORMATTED.replace("orders", "more") }, args: ["fmt", "."], each: true },
  "check --fix": { before: { "main.depot": UNFORMATTED, "more.depot": UNFORMATTED.replace("orders", "more") }, args: ["check", "--fix", "."], atomic: true },
  "new": { before: {}, args: ["new", "shop", "--template", "minimal", "--yes"], partial: true },
  "a report": { before: { "main.depot": UNFORMATTED }, args: ["check", "--diagnostics", "sarif:out.sarif", "main.depot"], report: "out.sarif" },
};

function begin(folder, command) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  write(folder, command.before);
  if (command.old) run(folder, command.old, {});
  write(folder, command.change ?? {});
}

function run(folder, args, env) {
  const result = spawnSync(depotc, args, { cwd: folder, encoding: "utf8", env: { ...process.env, XDG_CACHE_HOME: path.join(work, "cache"), ...env }, timeout: 20000 });
  return { code: result.status, signal: result.signal, said: result.stderr };
}

const same = (one, other) => JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());

/** Of a manifest that announces what a build is about to write, the build that completes it says what it holds. */
const isManifest = (name) => path.basename(name) === ".depotc-manifest.json";
/** What cannot be removed, stays. */
const isLeftover = (name) => /\.depotc-new$|\/\.?depotc-\w{6}$|^\.depotc-\w{6}$/.test(name);

/** Whether each file is as it was before or after; with `leftovers`, there may be temporary ones too. */
function isEach(found, before, after, leftovers, report) {
  const known = ([name, text]) => text === before[name] || text === after[name] || isManifest(name) || name === report || (leftovers && isLeftover(name));
  return Object.entries(found).every(known) && Object.keys(before).every((name) => name in found || !(name in after));
}

/** What speaks against it, or undefined. */
function judge(command, call, lasting, result, found, before, after) {
  if (result.signal || result.code === null || result.code >= INTERNAL) return `ended with ${result.signal ?? result.code}: ${result.said}`;
  const done = same(found, after);
  const said = `${result.said}${found[command.report] ?? ""}`;
  if (result.code !== command.code && !/error(\[D\d+\])?: .|"level":"error"/.test(said)) return `exit code ${result.code} without a word: ${result.said}`;
  if (result.code === command.code && !done && !command.partial) return `exit code ${result.code}, but not all was done: ${differences(found, before, after)}`;
  if (!isEach(found, before, after, call === "unlink", command.report)) return `neither old nor new: ${differences(found, before, after)}\n${result.said}`;
  const whole = done || same(found, before) || command.each || command.partial || command.report;
  const renaming = call === "rename" || call === "unlink" || result.said.includes(".depotc-manifest.json");
  const manifestOnly = Object.keys(found).every((name) => isManifest(name) || found[name] === before[name]);
  if (!whole && !manifestOnly && !renaming) return `some files are written, others are not: ${differences(found, before, after)}\n${result.said}`;
  if (command.atomic && !whole && !lasting) return `it does not put back what it has changed: ${differences(found, before, after)}`;
  return undefined;
}

/** What speaks against what a command has left that was killed, or undefined. */
function judgeKilled(command, result, found, before, after) {
  if (result.signal !== "SIGKILL") return `not killed: ${result.signal ?? result.code}: ${result.said}`;
  // What it was killed in the middle of is a file with a temporary name, or a report that somebody waits for in vain.
  return command.partial || isEach(found, before, after, true, command.report) ? undefined : `neither old nor new: ${differences(found, before, after)}`;
}

function differences(found, before, after) {
  const names = new Set([...Object.keys(found), ...Object.keys(before), ...Object.keys(after)]);
  const state = (name) => (found[name] === undefined ? "gone" : found[name] === before[name] ? "old" : found[name] === after[name] ? "new" : "other");
  return [...names].sort().map((name) => `${name} ${state(name)}`).join(", ");
}

/** What there is before and after the command if nothing fails. */
function prepare(command) {
  begin(project, command);
  command.found = contents(project);
  command.code = run(project, command.args, {}).code;
  command.left = contents(project);
}

const HOW = { once: {}, lasting: { FAULT_ON: "1" }, kill: { FAULT_KILL: "1" } };

/** `how`: "once", "lasting" or "kill". */
function sweep(name, command, call, errno, how) {
  const [before, after] = [command.found, command.left];
  for (let at = 1; ; at++) {
    begin(project, command);
    fs.rmSync(mark, { force: true });
    fs.rmSync(path.join(work, "cache"), { recursive: true, force: true });
    const env = { LD_PRELOAD: library, FAULT_CALL: call, FAULT_AT: String(at), FAULT_ERRNO: String(errno), FAULT_MARK: mark, ...HOW[how] };
    const result = run(project, command.args, env);
    if (!fs.existsSync(mark)) return;
    const found = contents(project);
    let trouble = how === "kill" ? judgeKilled(command, result, found, before, after) : judge(command, call, how === "lasting", result, found, before, after);
    if (trouble === undefined && !command.partial) {
      const again = run(project, command.args, {});
      const left = contents(project);
      if (how === "kill" && command.cleans !== true) for (const file of Object.keys(left).filter(isLeftover)) delete left[file];
      if (again.code !== command.code || !same(left, after)) trouble = `the next one does not complete it: ${again.said}${differences(left, before, after)}`;
    }
    if (trouble === undefined) {
      passed++;
    } else {
      failed++;
      console.log(`FAILED ${name}, ${call} number ${at} (${how}), error ${errno}: ${trouble}`);
    }
  }
}

for (const [name, command] of Object.entries(COMMANDS)) {
  prepare(command);
  for (const call of CALLS) {
    const errno = ERRNOS[call] ?? DISK_FAILS;
    sweep(name, command, call, errno, "once");
    if (LASTING.includes(call)) sweep(name, command, call, errno, "lasting");
    if (KILLS.includes(call)) sweep(name, command, call, errno, "kill");
  }
}
fs.rmSync(work, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
