// Starts depotc's language server, and shows the documents of the standard library, which no file holds.
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

function makeClient() {
  const settings = vscode.workspace.getConfiguration("depotc");
  const server = { command: settings.get("path") || "depotc", args: ["lsp"] };
  return new LanguageClient("depotc", "Depot", server, {
    documentSelector: [{ language: "depot", scheme: "file" }],
    initializationOptions: { depotc: { stage: settings.get("stage") } },
    synchronize: {
      configurationSection: "depotc",
      fileEvents: vscode.workspace.createFileSystemWatcher("**/*"),
    },
  });
}

const library = {
  async provideTextDocumentContent(uri) {
    const answer = await client.sendRequest("workspace/textDocumentContent", { uri: uri.toString(true) });
    return answer.text;
  },
};

exports.activate = async function activate(context) {
  client = makeClient();
  context.subscriptions.push(vscode.workspace.registerTextDocumentContentProvider("depot-stdlib", library));
  try {
    await client.start();
  } catch (error) {
    vscode.window.showErrorMessage(`depotc cannot be started: ${error.message}. The setting depotc.path says where it is.`);
  }
};

exports.deactivate = function deactivate() {
  return client ? client.stop() : undefined;
};
