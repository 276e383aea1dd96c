// Starts depotc's language server, shows the documents of the standard library, which no file holds, and previews.
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");
const { Previews, SCHEME, TARGETS } = require("./preview");

const COMMAND = "depotc.preview";
let client;

const previews = new Previews((source, show, name) => {
  const args = name ? [source, show, name] : [source, show];
  return client.sendRequest("workspace/executeCommand", { command: COMMAND, arguments: args });
});

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
    middleware: {
      // The command of a lens gives a preview, which is to be shown.
      executeCommand: (command, args, next) => (command === COMMAND ? previews.open(...args) : next(command, args)),
    },
  });
}

const library = {
  async provideTextDocumentContent(uri) {
    const answer = await client.sendRequest("workspace/textDocumentContent", { uri: uri.toString(true) });
    return answer.text;
  },
};

/** The commands of the palette: for all that the program in front builds. */
function previewCommand(show) {
  return vscode.commands.registerCommand(`${COMMAND}.${show}`, () => {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId === "depot") return previews.open(document.uri.toString(), show);
    return vscode.window.showInformationMessage("A preview is of the .depot file in front; there is none.");
  });
}

exports.activate = async function activate(context) {
  client = makeClient();
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider("depot-stdlib", library),
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, previews),
    vscode.workspace.onDidChangeTextDocument(({ document }) => document.languageId === "depot" && previews.refresh()),
    vscode.workspace.onDidCloseTextDocument((document) => document.uri.scheme === SCHEME && previews.close(document)),
    ...Object.keys(TARGETS).map(previewCommand),
  );
  try {
    await client.start();
  } catch (error) {
    vscode.window.showErrorMessage(`depotc cannot be started: ${error.message}. The setting depotc.path says where it is.`);
  }
};

exports.deactivate = function deactivate() {
  return client ? client.stop() : undefined;
};
