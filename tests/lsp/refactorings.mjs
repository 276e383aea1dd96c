// Refactorings at random places of the examples: what is built stays what it was. Renamed resources keep the names that they
// are deployed under.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Client } from "./client.mjs";
import { chance, equal, makeFolder, ok, test } from "./suite.mjs";

const EXAMPLES = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "..", "examples");
const PLACES = 40;
const MODULES = 12;

/** The text with edits of the protocol, whose positions count UTF-16. */
function apply(text, edits) {
  const begins = [0];
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) begins.push(i + 1);
  const offset = ({ line, character }) => begins[line] + character;
  const sorted = edits.map(({ range, newText }) => [offset(range.start), offset(range.end), newText]);
  sorted.sort((a, b) => b[0] - a[0] || b[1] - a[1]);
  for (const [start, end, newText] of sorted) text = text.slice(0, start) + newText + text.slice(end);
  return text;
}

/** What `depotc build` writes of the program; or its errors. */
function build(depotc, folder) {
  const out = path.join(folder, "out");
  fs.rmSync(out, { recursive: true, force: true });
  const { status, stderr } = spawnSync(depotc, ["build", "--no-project", "--no-cache", "--target", "cfn", "-o", out, "main.depot"], { cwd: folder });
  if (status !== 0) return { errors: stderr.toString() };
  const files = fs.readdirSync(out).filter((name) => name.endsWith(".json")).sort();
  return { template: files.map((name) => fs.readFileSync(path.join(out, name), "utf8")).join("\n") };
}

const names = ({ template }) => [...template.matchAll(/"Name": "([^"]*)"/g)].map((match) => match[1]).sort();

/** Changes the file, builds, and changes it back. */
async function attempt({ depotc, client, uri, file, text, kept, before, counts }, edit, what) {
  const own = edit?.changes?.[uri];
  if (!own || Object.keys(edit.changes).length > 1) return;
  fs.writeFileSync(file, apply(text, own));
  const after = build(depotc, path.dirname(file));
  const changed = fs.readFileSync(file, "utf8");
  fs.writeFileSync(file, text);
  counts[what] = (counts[what] ?? 0) + 1;
  ok(!after.errors, `${what}: the program no longer builds: ${after.errors}${changed}`);
  equal(kept(after), kept(before), `${what} changes what is built:\n${changed}`);
}

async function tryActions(run, range) {
  const context = { diagnostics: [], only: ["refactor.extract", "refactor.inline"] };
  for (const action of await run.client.request("textDocument/codeAction", { textDocument: { uri: run.uri }, range, context })) {
    const module = action.title.startsWith("Move to a module"); // other logical ids, the same names
    await attempt({ ...run, kept: module ? names : (built) => built.template }, action.edit, module ? "module" : action.kind);
  }
}

/** Selections of several declarations: the lines from one resource to another. */
async function tryLines(run, random) {
  const lines = run.text.split("\n");
  const begins = lines.map((line, index) => (/^  (existing )?[a-z]+ \w+(: \w+)? \{/.test(line) ? index : -1)).filter((index) => index >= 0);
  for (let i = 0; i < MODULES && begins.length > 0; i++) {
    const first = Math.floor(random() * begins.length);
    const last = Math.min(begins.length - 1, first + Math.floor(random() * 4));
    const begin = begins[last];
    const end = /\}\s*$/.test(lines[begin]) ? begin : lines.findIndex((line, index) => index > begin && /^  \}/.test(line));
    await tryActions(run, { start: { line: begins[first], character: 0 }, end: { line: end + 1, character: 0 } });
  }
}

async function tryPlace(run, position) {
  const document = { textDocument: { uri: run.uri } };
  let range = (await run.client.request("textDocument/selectionRange", { ...document, positions: [position] }))[0];
  for (; range; range = range.parent) {
    await tryActions(run, range.range);
  }
  const { result } = await run.client.ask("textDocument/rename", { ...document, position, newName: "renamedThing" });
  if (result) await attempt({ ...run, kept: names }, result, "rename");
}

export async function refactorings(depotc) {
  const random = chance(11);
  const counts = {};
  for (const name of fs.readdirSync(EXAMPLES).filter((one) => fs.existsSync(path.join(EXAMPLES, one, "main.depot")))) {
    await test(`refactorings ${name}`, async () => {
      const project = makeFolder();
      fs.cpSync(path.join(EXAMPLES, name), project.folder, { recursive: true });
      fs.rmSync(path.join(project.folder, "depot.project"), { force: true });
      const file = path.join(project.folder, "main.depot");
      const text = fs.readFileSync(file, "utf8");
      const before = build(depotc, project.folder);
      if (before.errors) return project.remove(); // it needs its project
      const client = new Client(depotc, { cwd: project.folder });
      await client.initialize({ folders: [project.base] });
      const uri = pathToFileURL(file).href;
      client.open(uri, text);
      const lines = text.split("\n");
      for (let i = 0; i < PLACES; i++) {
        const line = Math.floor(random() * lines.length);
        const position = { line, character: Math.floor(random() * lines[line].length) };
        await tryPlace({ depotc, client, uri, file, text, before, counts }, position);
      }
      await tryLines({ depotc, client, uri, file, text, before, counts }, random);
      await client.shutdown();
      project.remove();
    });
  }
  await test("refactorings were found", () => {
    for (const what of ["refactor.extract", "refactor.inline", "rename", "module"]) ok(counts[what] >= 5, `${what}: ${counts[what] ?? 0}`);
  });
}
