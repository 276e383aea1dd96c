// node tests/coverage/summary.mjs BUILD ROOT: lines and branches of compiler/ and emit/ that were executed, by file, from gcc's
// counters in BUILD. Exit code 1 if all together are below LINES and BRANCHES.
//
// Branches are those of the source: gcc's own, for what cannot be thrown in C, are none. What is left out: nothing. Code that
// only runs when memory is exhausted does not exist (GLib ends the program), and there is no list of exceptions.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";

const LINES = 95;
const BRANCHES = 85;
const [build, root] = process.argv.slice(2, 4).map((folder) => path.resolve(folder));

function* walk(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(file);
    else if (entry.name.endsWith(".gcda")) yield file;
  }
}

/** file → { lines: number → count, branches: "line:index" → count }. A file may be part of several programs. */
const files = new Map();

function take({ files: found }, folder) {
  for (const { file, lines } of found) {
    const name = path.relative(root, path.resolve(folder, file));
    if (!/^(compiler|emit)\/.*\.c$/.test(name)) continue;
    if (!files.has(name)) files.set(name, { lines: new Map(), branches: new Map() });
    const own = files.get(name);
    for (const { line_number: line, count, branches } of lines) {
      own.lines.set(line, (own.lines.get(line) ?? 0) + count);
      branches.forEach((branch, index) => {
        if (!branch.throw) own.branches.set(`${line}:${index}`, (own.branches.get(`${line}:${index}`) ?? 0) + branch.count);
      });
    }
  }
}

const work = path.join(build, "gcov");
fs.rmSync(work, { recursive: true, force: true });
fs.mkdirSync(work);
const counters = [...walk(build)];
for (let i = 0; i < counters.length; i += 50) {
  execFileSync("gcov", ["--json-format", "--branch-probabilities", "--hash-filenames", ...counters.slice(i, i + 50)], { cwd: work, stdio: "ignore" });
}
for (const name of fs.readdirSync(work)) {
  const report = JSON.parse(zlib.gunzipSync(fs.readFileSync(path.join(work, name))));
  take(report, report.current_working_directory);
}

const share = (counts) => {
  const all = [...counts.values()];
  return { hit: all.filter((count) => count > 0).length, of: all.length };
};
const percent = ({ hit, of }) => (of === 0 ? 100 : (100 * hit) / of);
const sum = (list) => list.reduce((one, other) => ({ hit: one.hit + other.hit, of: one.of + other.of }), { hit: 0, of: 0 });

const rows = [...files].map(([name, { lines, branches }]) => ({ name, lines: share(lines), branches: share(branches) }));
rows.sort((one, other) => percent(one.lines) - percent(other.lines) || (one.name < other.name ? -1 : 1));
const print = (lines, branches, name) => console.log(`${percent(lines).toFixed(1).padStart(6)} % ${percent(branches).toFixed(1).padStart(6)} %  ${name}`);
console.log("   lines branches  file");
for (const { name, lines, branches } of rows) print(lines, branches, name);
const all = { lines: sum(rows.map(({ lines }) => lines)), branches: sum(rows.map(({ branches }) => branches)) };
print(all.lines, all.branches, `all of ${rows.length} files: ${all.lines.of} lines, ${all.branches.of} branches`);
process.exit(percent(all.lines) >= LINES && percent(all.branches) >= BRANCHES ? 0 : 1);
