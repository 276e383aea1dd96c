// node tests/editors/client.mjs DEPOTC: the protocol's client library for Node, which VS Code's extensions use, against the
// server. NODE_MODULES is where it is installed. Ends with exit code 0 if all came as expected.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(path.join(path.resolve(process.env.NODE_MODULES), "x.js"));
const protocol = require("vscode-languageserver-protocol/node");

const server = spawn(process.argv[2], ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
const connection = protocol.createProtocolConnection(
  new protocol.StreamMessageReader(server.stdout),
  new protocol.StreamMessageWriter(server.stdin),
);
const published = [];
connection.onNotification(protocol.PublishDiagnosticsNotification.type, (params) => published.push(params));
connection.listen();

const uri = "file:///nowhere/orders.depot";
const text = 'environment orders {\n  account: { name: "retail", id: aws.accountId }\n  location hot: DynamoDB { capacityMod: ONDEMAND }\n}\n';
const at = (line, character) => ({ textDocument: { uri }, position: { line, character } });

const { capabilities } = await connection.sendRequest(protocol.InitializeRequest.type, {
  processId: process.pid,
  rootUri: null,
  workspaceFolders: null,
  capabilities: { textDocument: { publishDiagnostics: { versionSupport: true } } },
});
assert.equal(capabilities.hoverProvider, true);
await connection.sendNotification(protocol.InitializedNotification.type, {});
await connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, {
  textDocument: protocol.TextDocumentItem.create(uri, "depot", 1, text),
});
const hover = await connection.sendRequest(protocol.HoverRequest.type, at(2, 20));
assert.match(hover.contents.value, /construct location\.DynamoDB/);
const actions = await connection.sendRequest(protocol.CodeActionRequest.type, {
  textDocument: { uri },
  range: protocol.Range.create(2, 30, 2, 30),
  context: { diagnostics: [] },
});
assert.equal(actions[0].title, "replace with `capacityMode`");
const symbols = await connection.sendRequest(protocol.DocumentSymbolRequest.type, { textDocument: { uri } });
assert.equal(symbols[0].children[0].name, "hot");
const pulled = await connection.sendRequest(protocol.DocumentDiagnosticRequest.type, { textDocument: { uri } });
assert.equal(pulled.items[0].code, "D1203");
const tokens = await connection.sendRequest(protocol.SemanticTokensRequest.type, { textDocument: { uri } });
const legend = capabilities.semanticTokensProvider.legend.tokenTypes;
assert.deepEqual([0, 1].map((index) => legend[tokens.data[5 * index + 3]]), ["class", "variable"]);
await connection.sendNotification(protocol.DidChangeTextDocumentNotification.type, {
  textDocument: { uri, version: 2 },
  contentChanges: [{ text: text.replace("capacityMod:", "capacityMode:") }],
});
const lenses = await connection.sendRequest(protocol.CodeLensRequest.type, { textDocument: { uri } });
assert.deepEqual(lenses.map(({ command }) => command.title), ["1 resource", "Preview cfn", "Preview cdk", "Preview graph"]);
const shown = await connection.sendRequest(protocol.ExecuteCommandRequest.type, lenses[1].command);
assert.match(shown.files[0].text, /"Custom::/);
await connection.sendRequest(protocol.ShutdownRequest.type);
await connection.sendNotification(protocol.ExitNotification.type);
const code = await new Promise((resolve) => server.on("close", resolve));
assert.equal(code, 0);
assert.equal(published[0].diagnostics[0].code, "D1203");
