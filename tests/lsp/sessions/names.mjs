// What is told of names, where they are, what they may be, and how they are changed.
export const files = {
  "network.depot": `/// Where people work.\nlet officeRanges = ["192.0.2.0/24"]\n`,
  "orders.depot": "",
};

const ORDERS = `import { officeRanges } from "./network.depot"

/// How much there is of it.
type Size = "small" | "large"
param size: Size = "small"
let prefix = "orders-\${size}"
/// Two of it.
fn twice(x: int, y = 2): int = x * y

environment orders {
  account: { name: prefix, id: "111122223333" }
  location hot: DynamoDB {
    capacityMode: ONDEMAND
  }
  gateway api: API {
    firewall: { ipAddresses: { allowed: officeRanges } }
  }
  output url = api.url
}
`;

export default async function ({ client, uri, place }) {
  const orders = uri("orders.depot");
  const at = (mark, before) => ({ textDocument: { uri: orders }, position: place(ORDERS, mark, before) });
  client.open(orders, ORDERS);
  await client.diagnostics(orders, 1);

  // A constant of another file, a parameter, a property, a member of an enumeration, a kind, an attribute.
  for (const mark of ["allowed: office", "let pre", "param si", "capacityMo", "ONDEM", "DynamoD", "api.u"]) {
    await client.request("textDocument/hover", at(mark));
  }
  for (const mark of ["allowed: office", "capacityMo", ": Siz", "./network"]) {
    await client.request("textDocument/definition", at(mark));
  }
  await client.request("textDocument/references", { ...at("import { off"), context: { includeDeclaration: true } });
  await client.request("textDocument/documentHighlight", at("let pre"));

  // What may stand in a block, as a value, as a type, behind a dot.
  const write = async (version, mark, text) => {
    const start = place(ORDERS, mark);
    client.change(orders, version, [{ range: { start, end: start }, text }]);
    await client.diagnostics(orders, version);
    const lines = text.split("\n");
    const line = start.line + lines.length - 1;
    const character = lines.length > 1 ? lines.at(-1).length : start.character + text.length;
    const answer = await client.request("textDocument/completion", { textDocument: { uri: orders }, position: { line, character } });
    client.change(orders, version + 1, [{ text: ORDERS }]);
    await client.diagnostics(orders, version + 1);
    return answer;
  };
  await write(2, "capacityMode: ONDEMAND", "\n    poi");
  await write(4, "capacityMode: ONDEMAND", "\n    pointInTimeRecovery: ");
  await write(6, "output url = api.url", "\n  location cold: S");
  await write(8, "output url = api.url", "\n  output name = hot.");

  // The call that is being written, values of constants, and links.
  const call = async (version, text) => {
    const start = place(ORDERS, "output url = api.url");
    client.change(orders, version, [{ range: { start, end: start }, text }]);
    await client.diagnostics(orders, version);
    await client.request("textDocument/signatureHelp", {
      textDocument: { uri: orders },
      position: { line: start.line, character: start.character + text.length },
    });
    client.change(orders, version + 1, [{ text: ORDERS }]);
    await client.diagnostics(orders, version + 1);
  };
  await call(10, " + join(officeRanges, ");
  await call(12, " + join([1, 2], twice(");
  await client.request("textDocument/inlayHint", {
    textDocument: { uri: orders },
    range: { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } },
  });
  await client.request("textDocument/documentLink", { textDocument: { uri: orders } });

  // Names that nothing deployed depends on may be changed, in all files.
  await client.request("textDocument/prepareRename", at("import { off"));
  await client.request("textDocument/rename", { ...at("import { off"), newName: "ranges" });
  await client.ask("textDocument/rename", { ...at("location ho"), newName: "warm" });
  await client.ask("textDocument/rename", { ...at("let pre"), newName: "size" });
  await client.ask("textDocument/rename", { ...at("let pre"), newName: "not a name" });
}
