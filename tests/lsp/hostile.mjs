// Streams that no editor would send: each is answered, none ends the server before its time.
import { Client, frame } from "./client.mjs";
import { chance, equal, ok, test } from "./suite.mjs";

const INITIALIZE = { jsonrpc: "2.0", id: 1, method: "initialize", params: { capabilities: {} } };
const PING = { jsonrpc: "2.0", id: "ping", method: "no/such/request" };

/** Sends `bytes` to a server that is initialised, and shows that it still answers. Returns the codes of errors in between. */
async function survives(depotc, bytes, { initialized = true } = {}) {
  const client = new Client(depotc);
  if (initialized) client.raw(frame(INITIALIZE));
  client.raw(bytes);
  client.raw(frame(PING));
  await new Promise((resolve, reject) => {
    const look = () => client.notices.some((message) => message.id === "ping") && resolve();
    client.child.stdout.on("data", () => setImmediate(look));
    client.ended.then(({ code, signal }) => reject(new Error(`it ended: ${signal ?? code} ${client.errors}`)));
  });
  const codes = client.notices.filter((message) => message.error).map((message) => message.error.code);
  ok(codes.pop() === (initialized ? -32601 : -32002), "the last answer");
  client.raw(frame({ jsonrpc: "2.0", id: 2, method: "shutdown" }));
  client.raw(frame({ jsonrpc: "2.0", method: "exit" }));
  equal((await client.ended).code, initialized ? 0 : 1, "exit code");
  equal(client.errors, "", "standard error");
  return codes;
}

const deep = "[".repeat(100000);

const STREAMS = [
  ["no headers", "hello\r\n\r\n", [-32700]],
  ["a header without a value", "Content-Length\r\n\r\n", [-32700]],
  ["a length that is no number", "Content-Length: many\r\n\r\n{}", [-32700]],
  ["a negative length", "Content-Length: -5\r\n\r\n", [-32700]],
  ["a huge length", "Content-Length: 99999999999999999999999\r\n\r\n", [-32700]],
  ["a length over the limit", "Content-Length: 4294967296\r\n\r\n{}", [-32700]],
  ["only other headers", "Content-Type: text/plain\r\n\r\n", [-32700]],
  ["headers without end", `${"x".repeat(100000)}`, [-32700]],
  ["NUL bytes", Buffer.alloc(70000), [-32700]],
  ["a body that is empty", "Content-Length: 0\r\n\r\n", [-32700]],
  ["a length in other case and another header", "Content-Type: a; b=c\r\ncontent-length: 4\r\n\r\nnull", [-32600]],
  ["a body that is no JSON", frame("{"), [-32700]],
  ["text behind JSON", frame("{} x"), [-32700]],
  ["a body that nests too deep", frame(deep), [-32700]],
  ["a list", frame("[]"), [-32600]],
  ["a batch", frame([PING, PING]), [-32600]],
  ["an object without a method", frame({ jsonrpc: "2.0", id: 7 }), [-32600]],
  ["a method that is no text", frame({ jsonrpc: "2.0", id: 7, method: 3 }), [-32600]],
  ["an id that is an object", frame({ jsonrpc: "2.0", id: {}, method: "shutdown" }), [-32600]],
  ["an answer that nobody waits for", frame({ jsonrpc: "2.0", id: 99, result: null }), []],
  ["an unknown notification", frame({ jsonrpc: "2.0", method: "$/unknown", params: {} }), []],
  ["a notification with an id", frame({ jsonrpc: "2.0", id: 7, method: "initialized" }), [-32600]],
  ["a second `initialize`", frame(INITIALIZE), [-32600]],
  ["a length that is too small", 'Content-Length: 20\r\n\r\n{"jsonrpc":"2.0","method":"$/x"}', [-32700, -32700]],
  ["documents that are none", [null, 5, "x", [], {}, { textDocument: 5 }, { textDocument: { uri: 5, text: {} } }, { textDocument: { uri: "file:///a", version: "x" }, contentChanges: [1, { text: 5 }, { text: "a", range: 5 }] }]
    .flatMap((params) => ["didOpen", "didChange", "didSave", "didClose"].map((name) => frame({ jsonrpc: "2.0", method: `textDocument/${name}`, params })))
    .reduce((all, one) => Buffer.concat([all, one])), []],
  ["texts with NUL and halves of surrogates", frame('{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"untitled:a","text":"a\\u0000b\\\\u0000","version":1}}}'), []],
];

export async function hostile(depotc) {
  for (const [name, bytes, codes] of STREAMS) {
    await test(`hostile: ${name}`, async () => equal(await survives(depotc, bytes), codes));
  }
  await test("hostile: requests before `initialize`", async () => {
    const request = frame({ jsonrpc: "2.0", id: 5, method: "textDocument/hover", params: {} });
    const notice = frame({ jsonrpc: "2.0", method: "textDocument/didOpen", params: {} });
    equal(await survives(depotc, Buffer.concat([request, notice]), { initialized: false }), [-32002]);
  });
  await test("hostile: requests after `shutdown`", async () => {
    const client = new Client(depotc);
    await client.initialize();
    await client.request("shutdown");
    equal((await client.ask("textDocument/hover", {})).error.code, -32600);
    client.notify("exit");
    equal((await client.ended).code, 0);
  });
  for (const [name, bytes] of [["at once", ""], ["in headers", "Content-Le"], ["in a body", "Content-Length: 100\r\n\r\n{"]]) {
    await test(`hostile: the stream ends ${name}`, async () => {
      const client = new Client(depotc);
      client.raw(bytes);
      client.child.stdin.end();
      equal((await client.ended).code, 1);
    });
  }
  await test("hostile: the reader goes away", async () => {
    const client = new Client(depotc);
    await client.initialize();
    client.child.stdout.destroy();
    for (let id = 0; id < 50; id++) client.raw(frame({ ...PING, id }));
    equal((await client.ended).signal, null);
  });
  await test("hostile: a cancelled request is answered once", async () => {
    const client = new Client(depotc);
    await client.initialize();
    const ids = [...Array(200).keys()].map((id) => id + 1000);
    const request = (id) => frame({ jsonrpc: "2.0", id, method: "no/such/request" });
    const stop = (id) => frame({ jsonrpc: "2.0", method: "$/cancelRequest", params: { id } });
    client.raw(Buffer.concat([...ids.map(request), ...ids.map(stop)]));
    await client.ask("no/such/request");
    const answers = client.notices.filter((message) => ids.includes(message.id));
    equal(answers.length, ids.length);
    ok(answers.every(({ error }) => error.code === -32800 || error.code === -32601), "codes");
    await client.shutdown();
  });
  await test("hostile: bytes one by one", async () => {
    const client = new Client(depotc);
    for (const byte of frame({ ...INITIALIZE, id: "slow" })) {
      client.raw(Buffer.from([byte]));
      await new Promise(setImmediate);
    }
    client.raw(frame(PING));
    while (!client.notices.some((message) => message.id === "ping")) await new Promise((resolve) => setTimeout(resolve, 2));
    ok(client.notices[0].result.capabilities, "the answer to `initialize`");
    await client.shutdown();
  });
  await test("hostile: streams with mistakes made by chance", async () => {
    const random = chance(17);
    const good = Buffer.concat([frame(INITIALIZE), ...[...Array(20)].map(() => frame({ jsonrpc: "2.0", method: "textDocument/didOpen", params: { textDocument: { uri: "untitled:x", text: "let a = 1\n", version: 1 } } }))]);
    for (let round = 0; round < 40; round++) {
      const bytes = Buffer.from(good);
      for (let count = 0; count < 1 + random() * 8; count++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      const client = new Client(depotc);
      client.raw(bytes.subarray(0, Math.floor(random() * bytes.length)));
      client.child.stdin.end();
      equal((await client.ended).code, 1, `round ${round} ${client.errors}`);
    }
  });
}
