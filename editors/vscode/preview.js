// What a program becomes, beside it, and anew whenever it changes: the server makes it, this shows it. One tab for each
// document and target; the graph is a picture in a panel of its own.
const vscode = require("vscode");

const SCHEME = "depot-preview";
const DELAY = 300;
const TARGETS = { cfn: "CloudFormation", cdk: "TypeScript", graph: "Graph" };

/** What stands in a tab: several files one below the other. */
function joined(files) {
  if (files.length === 1) return files[0].text;
  return files.map(({ path, text }) => `// ---- ${path}\n\n${text}`).join("\n");
}

function page(svg) {
  return `<!DOCTYPE html><html><body style="color: var(--vscode-editor-foreground)">${svg}</body></html>`;
}

class Previews {
  #ask;
  #changed = new vscode.EventEmitter();
  #shown = new Map(); // of the tab's URI: { uri, source, show, name, text }, of a graph its `panel`
  #timer;
  onDidChange = this.#changed.event;

  /** `ask(source, show, name)` gets a preview from the server. */
  constructor(ask) {
    this.#ask = ask;
  }

  provideTextDocumentContent(uri) {
    return this.#shown.get(uri.toString())?.text ?? "";
  }

  async open(source, show, name) {
    const title = `${name || "Depot"}: ${TARGETS[show] ?? show}`;
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${title}`, query: source });
    const known = this.#shown.get(uri.toString());
    this.#shown.set(uri.toString(), known ?? { uri, source, show, name, text: "" });
    await this.#fill(uri.toString());
    if (show === "graph") return;
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, show === "cdk" ? "typescript" : "json");
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: false });
  }

  /** A program with errors keeps the preview that it had. */
  async #fill(key) {
    const shown = this.#shown.get(key);
    let answer;
    try {
      answer = await this.#ask(shown.source, shown.show, shown.name);
    } catch (error) {
      if (shown.text === "" && !shown.panel) vscode.window.showInformationMessage(error.message);
      return;
    }
    if (shown.show === "graph") {
      this.#draw(key, answer);
    } else {
      shown.text = joined(answer.files);
      this.#changed.fire(shown.uri);
    }
  }

  #draw(key, answer) {
    const shown = this.#shown.get(key);
    if (!shown.panel) {
      const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      shown.panel = vscode.window.createWebviewPanel("depotGraph", answer.title, place, {});
      shown.panel.onDidDispose(() => this.#shown.delete(key));
    }
    shown.panel.webview.html = page(answer.files.find(({ languageId }) => languageId === "svg").text);
  }

  /** Makes all previews anew, once nothing has been typed for a moment. */
  refresh() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => [...this.#shown.keys()].forEach((key) => this.#fill(key)), DELAY);
  }

  close(document) {
    this.#shown.delete(document.uri.toString());
  }
}

module.exports = { Previews, SCHEME, TARGETS };
