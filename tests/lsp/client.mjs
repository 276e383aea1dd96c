// A client of the language server for tests: it starts `depotc lsp`, sends and receives messages, and keeps what was said.
import { spawn } from "node:child_process";

/** The bytes of a message with its headers. */
export function frame(message) {
  const body = Buffer.from(typeof message === "string" ? message : JSON.stringify(message), "utf8");
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`, "ascii"), body]);
}

/** Takes whole messages out of what was received; what is no message throws. */
export class Reader {
  #rest = Buffer.alloc(0);

  push(chunk) {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const messages = [];
    for (;;) {
      const end = this.#rest.indexOf("\r\n\r\n");
      if (end < 0) return messages;
      const headers = this.#rest.subarray(0, end).toString("ascii");
      const match = /^Content-Length: (\d+)$/.exec(headers);
      if (!match) throw new Error(`no headers of a message: ${JSON.stringify(headers)}`);
      const length = Number(match[1]);
      if (this.#rest.length < end + 4 + length) return messages;
      messages.push(JSON.parse(this.#rest.subarray(end + 4, end + 4 + length).toString("utf8")));
      this.#rest = this.#rest.subarray(end + 4 + length);
    }
  }

  get rest() {
    return this.#rest.length;
  }
}

/** What waits too long fails. */
function patiently(promise, why) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(why())), 20000)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** What an editor of today understands. */
export const CAPABILITIES = {
  general: { positionEncodings: ["utf-16"] },
  workspace: { workspaceFolders: true, didChangeWatchedFiles: { dynamicRegistration: false } },
  textDocument: {
    publishDiagnostics: {
      relatedInformation: true,
      tagSupport: { valueSet: [1, 2] },
      versionSupport: true,
      codeDescriptionSupport: true,
      dataSupport: true,
    },
    completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } },
    hover: { contentFormat: ["markdown"] },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } }, dataSupport: true },
  },
};

export class Client {
  #reader = new Reader();
  #waiting = new Map();
  #listeners = [];
  #nextId = 1;
  /** Messages in the order in which they were sent and received: { from, message }. */
  log = [];
  /** Notifications that nobody has waited for. */
  notices = [];
  errors = "";

  constructor(depotc, { cwd, args = ["lsp"], env = {} } = {}) {
    this.child = spawn(depotc, args, {
      cwd,
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, DEPOTC_PAGES: "https://depotc.example/diagnostics", ...env },
    });
    this.ended = new Promise((resolve) => {
      this.child.on("close", (code, signal) => {
        this.exit = { code, signal };
        for (const { reject } of this.#waiting.values()) {
          reject(new Error(`the server ended (${signal ?? code}): ${this.errors}`));
        }
        for (const { reject } of this.#listeners) reject(new Error(`the server ended (${signal ?? code}): ${this.errors}`));
        resolve(this.exit);
      });
    });
    this.child.stdin.on("error", () => {});
    this.child.stderr.on("data", (chunk) => (this.errors += chunk));
    this.child.stdout.on("data", (chunk) => {
      for (const message of this.#reader.push(chunk)) this.#take(message);
    });
  }

  #take(message) {
    if (!String(message.id ?? "").startsWith("settle-")) this.log.push({ from: "server", message });
    if (message.method === undefined) {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (waiting) waiting.resolve(message);
      else this.notices.push(message);
      return;
    }
    if (message.id !== undefined) this.send({ jsonrpc: "2.0", id: message.id, result: null });
    const index = this.#listeners.findIndex((listener) => listener.wanted(message));
    if (index >= 0) this.#listeners.splice(index, 1)[0].resolve(message);
    else this.notices.push(message);
  }

  /** Sends bytes as they are. */
  raw(bytes) {
    this.child.stdin.write(bytes);
  }

  send(message) {
    this.log.push({ from: "client", message });
    this.raw(frame(message));
  }

  notify(method, params) {
    this.send({ jsonrpc: "2.0", method, params });
  }

  /** The whole answer: `result` or `error`. */
  ask(method, params) {
    const id = this.#nextId++;
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.send({ jsonrpc: "2.0", id, method, params });
    answer.id = id;
    return answer;
  }

  /** The result; an error throws. */
  async request(method, params) {
    const answer = await this.ask(method, params);
    if (answer.error) throw new Error(`${method}: ${answer.error.code} ${answer.error.message}`);
    return answer.result;
  }

  /** The next notification (or one that came before) that `wanted` is true of. */
  notice(wanted) {
    const test = typeof wanted === "string" ? (message) => message.method === wanted : wanted;
    const index = this.notices.findIndex(test);
    if (index >= 0) return Promise.resolve(this.notices.splice(index, 1)[0]);
    return patiently(new Promise((resolve, reject) => this.#listeners.push({ wanted: test, resolve, reject })), () => {
      return `no notification came; the last message was ${JSON.stringify(this.log.at(-1))}`;
    });
  }

  async initialize({ folders = [], capabilities = CAPABILITIES, options } = {}) {
    const result = await this.request("initialize", {
      processId: process.pid,
      rootUri: folders[0] ?? null,
      workspaceFolders: folders.map((uri) => ({ uri, name: "project" })),
      capabilities,
      initializationOptions: options,
    });
    this.notify("initialized", {});
    return result;
  }

  open(uri, text, version = 1) {
    this.notify("textDocument/didOpen", { textDocument: { uri, languageId: "depot", version, text } });
  }

  change(uri, version, contentChanges) {
    this.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges });
  }

  /** The diagnostics that are published next for `uri`, of `version` if it is given. */
  async diagnostics(uri, version) {
    const message = await this.notice(
      ({ method, params }) =>
        method === "textDocument/publishDiagnostics" &&
        params.uri === uri &&
        (version === undefined || params.version === version),
    );
    await this.settle();
    return message.params.diagnostics;
  }

  /** Waits until all that was sent before has been worked off, without a trace in the log. */
  settle() {
    const id = `settle-${this.#nextId++}`;
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.raw(frame({ jsonrpc: "2.0", id, method: "$/settle" }));
    return answer;
  }

  async shutdown() {
    await this.request("shutdown", null);
    this.notify("exit", null);
    return this.ended;
  }
}
