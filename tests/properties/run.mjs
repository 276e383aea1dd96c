// node tests/properties/run.mjs DEPOTC DUMP [--count N] [--seed N] [--keep FOLDER]: laws over random programs that are right, and over ones
// that are broken at a known place. Ends with `N passed, N failed`. With --keep the programs stay, built for both targets, for
// tests/oracle/prove.mjs.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { random } from "../fixes/mutate.mjs";
import { Pool } from "./pool.mjs";
import { Program, check, write } from "./program.mjs";

const [depotc, dump] = process.argv.slice(2, 4).map((file) => path.resolve(file));
const option = (name, otherwise) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise);
const count = Number(option("--count", "60"));
const seed = Number(option("--seed", "1"));
const keep = option("--keep", "");
const MUTATIONS = 12;

const work = fs.mkdtempSync(path.join(os.tmpdir(), "depotc-properties-"));
let passed = 0;
let failed = 0;
const used = new Map();

function holds(what, ok, more) {
  if (ok) passed++;
  else {
    failed++;
    console.log(`FAILED ${what}\n${String(more).replace(/^/gm, "    ")}`);
  }
}

/** All files that a build writes, for both targets, as one text. */
function build(folder, env = {}) {
  fs.rmSync(path.join(folder, "out"), { recursive: true, force: true });
  const args = ["build", "--no-project", "--no-cache", "--name", "shop", "--target", "cfn", "--target", "cdk", "-o", "out", "main.depot"];
  const { status, stderr } = spawnSync(depotc, args, { cwd: folder, encoding: "utf8", env: { ...process.env, ...env } });
  if (status !== 0) return `exit code ${status}: ${stderr}`;
  const list = (below) => fs.readdirSync(path.join(folder, "out", below), { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? list(path.join(below, one.name)) : [path.join(below, one.name)]));
  return list("").sort().map((name) => `${name}\n${fs.readFileSync(path.join(folder, "out", name), "utf8")}`).join("\n");
}

function shuffled(list, next) {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    const k = Math.floor(next() * (i + 1));
    [copy[i], copy[k]] = [copy[k], copy[i]];
  }
  return copy;
}

/** What is done to a program that is right, and must be told where it was done. */
const BREAKS = {
  "an unknown property": ([name, parts]) => [`${name}Zq`, parts],
  "a value of no type that fits": ([name]) => [name, ["{ zq: [1, 2.5, true] }"]],
  "an unknown name": ([name]) => [name, ["zqUnknown"]],
  "an unknown function": ([name]) => [name, ["zqUnknown(1)"]],
  "a member of nothing": ([name]) => [name, ["ZQ_MEMBER"]],
  "an operator without a value": ([name]) => [name, ["1 +"]],
};

function judgeBreaks(program, folder, next, title) {
  const owners = program.resources.filter(({ properties }) => properties.length > 0);
  for (let i = 0; i < MUTATIONS && owners.length > 0; i++) {
    const resource = owners[Math.floor(next() * owners.length)];
    const index = Math.floor(next() * resource.properties.length);
    const [what, change] = Object.entries(BREAKS)[Math.floor(next() * Object.keys(BREAKS).length)];
    const kept = resource.properties[index];
    const type = program.pool.facts.get(resource.construct).properties.find(({ name }) => name === kept[0])?.type ?? "";
    if (/any/.test(type) && /type that fits/.test(what)) continue; // any value is right there
    resource.properties[index] = change(kept);
    const text = program.text();
    const lines = program.places.map((place, line) => (place?.property === resource.properties[index] ? line : -1)).filter((line) => line >= 0);
    resource.properties[index] = kept;
    const errors = check(depotc, folder, text);
    const last = lines.at(-1) + (what === "an operator without a value" ? 1 : 0); // what comes instead of the value is told
    const there = errors.some(({ range }) => range.start.line <= last && range.end.line >= lines[0]);
    holds(`${title}: ${what} is told where it is`, there, `line ${lines[0] + 1}, told at ${errors.map(({ range, message }) => `${range.start.line + 1}: ${message}`).join("; ") || "no place"}\n${text}`);
    holds(`${title}: ${what} is told without a cascade`, errors.length <= 2, `${errors.map(({ range, message }) => `${range.start.line + 1}: ${message}`).join("\n")}\n${text}`);
  }
}

function judge(program, folder, next, title) {
  const text = program.text();
  const other = path.join(work, "elsewhere", String(Math.floor(next() * 1e9)));
  const first = build(folder);
  holds(`${title} builds`, !first.startsWith("exit code"), `${first}\n${text}`);
  write(other, text);
  holds(`${title} is the same in another folder, language and time zone`, build(other, { TZ: "Asia/Tokyo", LC_ALL: "tr_TR.UTF-8", USER: "zq" }) === first, text);
  const reordered = program.text(shuffled(program.resources, next));
  write(other, reordered);
  holds(`${title} is the same in another order`, build(other) === first, reordered);
  write(other, text);
  const formatted = spawnSync(depotc, ["fmt", "main.depot"], { cwd: other, encoding: "utf8" });
  holds(`${title} is the same when it is formatted`, formatted.status === 0 && build(other) === first, `${formatted.stderr}${text}`);
  const again = spawnSync(depotc, ["fmt", "--check", "main.depot"], { cwd: other, encoding: "utf8" });
  holds(`${title} is formatted once for all`, again.status === 0, again.stdout + text);
  judgeBreaks(program, other, next, title);
  fs.rmSync(other, { recursive: true, force: true });
}

const pool = new Pool(depotc, dump, work);
for (let k = 0; k < count; k++) {
  const title = `program ${seed}-${k}`;
  const next = random(seed * 1000003 + k);
  const folder = keep ? path.resolve(keep, `${seed}-${k}`) : path.join(work, "program");
  fs.mkdirSync(folder, { recursive: true });
  const program = new Program(pool, next);
  if (!program.repair(folder)) {
    fs.rmSync(folder, { recursive: true, force: true });
    continue;
  }
  for (const { construct } of program.resources) used.set(construct, (used.get(construct) ?? 0) + 1);
  judge(program, folder, next, title);
}
const missing = pool.constructs.filter((name) => pool.values.has(name) && !used.has(name) && !/environment|project|resource/.test(name));
holds("all constructs of the library are in some program", count < 60 || missing.length === 0, missing.join(" "));
fs.rmSync(work, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed < count ? 1 : 0);
