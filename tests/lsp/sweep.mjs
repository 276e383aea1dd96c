// Every request at places all over programs, good and broken: none is answered by an error, and the server lives on.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "./client.mjs";
import { chance, equal, makeFolder, ok, test } from "./suite.mjs";

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
/** Errors that are answers: what is deployed is not renamed. */
const REFUSED = -32803;
/** Places in one program; programs that are longer are looked at here and there. */
const MOST_PLACES = 120;

function programs() {
  const found = [];
  for (const group of ["diagnostics", "language", "library", "syntax"]) {
    const folder = path.join(ROOT, "tests", "goldens", group);
    for (const name of fs.existsSync(folder) ? fs.readdirSync(folder).sort() : []) {
      const file = path.join(folder, name, "main.depot");
      if (fs.existsSync(file)) found.push([`${group}/${name}`, fs.readFileSync(file, "utf8")]);
    }
  }
  return found;
}

const AT_PLACE = {
  "textDocument/hover": {},
  "textDocument/definition": {},
  "textDocument/references": { context: { includeDeclaration: true } },
  "textDocument/documentHighlight": {},
  "textDocument/completion": {},
  "textDocument/signatureHelp": {},
  "textDocument/prepareRename": {},
  "textDocument/rename": { newName: "renamed" },
  "textDocument/onTypeFormatting": { ch: "}", options: { tabSize: 2, insertSpaces: true } },
};

const OF_DOCUMENT = {
  "textDocument/documentSymbol": {},
  "textDocument/foldingRange": {},
  "textDocument/documentLink": {},
  "textDocument/inlayHint": { range: { start: { line: 0, character: 0 }, end: { line: 100000, character: 0 } } },
  "textDocument/semanticTokens/full": {},
  "textDocument/semanticTokens/full/delta": { previousResultId: "1" },
  "textDocument/semanticTokens/range": { range: { start: { line: 1, character: 0 }, end: { line: 9, character: 3 } } },
  "textDocument/diagnostic": {},
  "textDocument/codeLens": {},
  "textDocument/rangeFormatting": {
    range: { start: { line: 1, character: 0 }, end: { line: 9, character: 3 } },
    options: { tabSize: 2, insertSpaces: true },
  },
  "textDocument/formatting": { options: { tabSize: 2, insertSpaces: true } },
  "textDocument/codeAction": {
    range: { start: { line: 0, character: 0 }, end: { line: 100000, character: 0 } },
    context: { diagnostics: [] },
  },
};

/** Asks for everything; the answers that are errors. */
async function sweep(client, uri, text, random) {
  const answers = [];
  const lines = text.split(/\r\n|\n|\r/);
  const places = [];
  lines.forEach((line, number) => {
    for (let character = 0; character <= line.length; character++) places.push({ line: number, character });
  });
  const step = Math.max(1, Math.ceil(places.length / MOST_PLACES));
  for (let i = Math.floor(random() * step); i < places.length; i += step) {
    for (const [method, more] of Object.entries(AT_PLACE)) {
      answers.push(client.ask(method, { textDocument: { uri }, position: places[i], ...more }));
    }
    const [one, other] = [places[i], places[Math.min(places.length - 1, i + Math.floor(random() * 30))]];
    const range = { start: one, end: other };
    answers.push(client.ask("textDocument/codeAction", { textDocument: { uri }, range, context: { diagnostics: [] } }));
    answers.push(client.ask("textDocument/selectionRange", { textDocument: { uri }, positions: [places[i]] }));
  }
  for (const show of ["cfn", "cdk", "graph"]) {
    answers.push(client.ask("workspace/executeCommand", { command: "depotc.preview", arguments: [uri, show] }));
  }
  answers.push(client.ask("workspace/symbol", { query: "a" }));
  for (const [method, more] of Object.entries(OF_DOCUMENT)) {
    answers.push(client.ask(method, { textDocument: { uri }, ...more }));
  }
  const all = await Promise.all(answers);
  return all.filter(({ error }) => error && error.code !== REFUSED);
}

export async function sweeps(depotc) {
  const random = chance(7);
  const project = makeFolder();
  const client = new Client(depotc, { cwd: project.folder });
  await client.initialize({ folders: [project.base] });
  for (const [name, text] of programs()) {
    await test(`sweep ${name}`, async () => {
      const uri = project.uri("main.depot");
      client.open(uri, text);
      const errors = await sweep(client, uri, text, random);
      client.notify("textDocument/didClose", { textDocument: { uri } });
      client.log.length = 0;
      client.notices.length = 0;
      equal(errors.slice(0, 3), [], name);
      ok(client.exit === undefined, "the server has ended");
    });
    if (client.exit !== undefined) break;
  }
  await client.shutdown().catch(() => {});
  project.remove();
}
