// node tests/bench/lsp.mjs DEPOTC [--edits N]: how long the language server takes after a keystroke in a program of 5,000 lines, and
// how much memory it has after N edits of a small one (default: 100,000; some minutes). A person who types waits for the
// diagnostics of each keystroke, and now and then for a completion.
import fs from "node:fs";
import { Client } from "../lsp/client.mjs";
import { makeFolder } from "../lsp/suite.mjs";

const LINES = 4990;
const KEYSTROKES = 400;
const [depotc, ...rest] = process.argv.slice(2);
const edits = rest.includes("--edits") ? Number(rest[rest.indexOf("--edits") + 1]) : 100000;

function program() {
  let text = 'environment orders {\n  account: { name: "retail", id: aws.accountId }\n';
  let lines = 3;
  for (let i = 0; i <= 480; i++, lines += 4) text += `  location l${i}: DynamoDB {\n    capacityMode: ONDEMAND\n    tablePrefix: "p${i}-"\n  }\n`;
  for (let i = 0; lines < LINES; i++, lines++) text += `  output o${i} = "v${i}"\n`;
  return `${text}}\n`;
}

const sorted = (list) => [...list].sort((one, other) => one - other);
const share = (list, part) => sorted(list)[Math.floor(list.length * part)].toFixed(1).padStart(6);
const memory = (client) => Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${client.child.pid}/status`, "utf8"))[1]) / 1024;

async function begin(text) {
  const project = makeFolder();
  const client = new Client(depotc, { cwd: project.folder });
  await client.initialize({ folders: [project.base] });
  const uri = project.uri("main.depot");
  client.open(uri, text);
  await client.diagnostics(uri, 1);
  let version = 1;
  const type = async (line, character, typed, removed = 0) => {
    const range = { start: { line, character }, end: { line, character: character + removed } };
    client.change(uri, ++version, [{ range, text: typed }]);
    await client.notice(({ method, params }) => method === "textDocument/publishDiagnostics" && params.version === version);
    client.log.length = 0;
  };
  const end = async () => {
    await client.shutdown();
    project.remove();
  };
  return { client, uri, type, end };
}

async function keystrokes() {
  const { client, uri, type, end } = await begin(program());
  const [diagnostics, completion] = [[], []];
  for (let i = 0; i < KEYSTROKES; i++) {
    const line = 4 + 4 * ((i * 37) % 480);
    let start = performance.now();
    await type(line, 18, "x");
    diagnostics.push(performance.now() - start);
    start = performance.now();
    await client.request("textDocument/completion", { textDocument: { uri }, position: { line: line - 1, character: 18 } });
    completion.push(performance.now() - start);
    client.log.length = 0;
  }
  await end();
  console.log(`${LINES} lines, ${KEYSTROKES} keystrokes, milliseconds`);
  for (const [name, list] of [["diagnostics", diagnostics], ["completion", completion]]) {
    console.log(`  ${name.padEnd(12)} median ${share(list, 0.5)}   p95 ${share(list, 0.95)}   p99 ${share(list, 0.99)}`);
  }
}

async function manyEdits() {
  const { client, type, end } = await begin('environment orders {\n  account: { name: "retail", id: aws.accountId }\n  location hot: DynamoDB { tablePrefix: "p" }\n}\n');
  console.log(`${edits} edits, MiB of the server`);
  for (let i = 1; i <= edits; i++) {
    await type(2, 42, i % 2 ? "x" : "", i % 2 ? 0 : 1);
    if (i === 1000 || i % Math.ceil(edits / 5) === 0) console.log(`  ${String(i).padStart(7)}  ${memory(client).toFixed(1).padStart(6)}`);
  }
  await end();
}

await keystrokes();
if (edits > 0) await manyEdits();
