// Semantic tokens, pulled diagnostics, symbols of the workspace, formatting of parts, refactorings, lenses and previews.
export const files = {
  "shared.depot": "/// How long.\nlet retention = 30\nlet hidden = 1\n",
  "sub/more.depot": "let deep = 1\n",
  "schemas/Order.yaml": "type: object\nproperties:\n  id: string\n",
};

const ORDERS = `import { retention } from "./shared.depot"

/// What is sold.
environment orders {
  account: { name: "retail", id: "111122223333" }
  let days = retention + 1
  location   hotStore: DynamoDB { tablePrefix: "orders-\${days}" }
  for zone in ["a", "b"] {
    location shard[zone]: DynamoDB {
      tablePrefix: "z-\${zone}"
    }
  }
  package  shop   { version: "1.0.0", schemas: ["./schemas"] }
  output first = hotStore.id
}
`;

const BROKEN = `import {  } from "./sh"
environment stock {
  account: { name: "retail", id: "111122223333" }
  location warehouse: Snowflake {}
}
`;

export default async function ({ client, uri, place }) {
  const orders = uri("orders.depot");
  const document = { textDocument: { uri: orders } };
  client.open(orders, ORDERS);
  await client.diagnostics(orders, 1);
  const at = (text, end = text) => ({ start: place(ORDERS, text, true, true), end: place(ORDERS, end, true) });
  const point = (text) => ({ ...document, position: place(ORDERS, text, true) });
  const actions = (range) => client.request("textDocument/codeAction", { ...document, range, context: { diagnostics: [] } });

  await client.request("textDocument/semanticTokens/full", document);
  await client.request("textDocument/semanticTokens/range", { ...document, range: at("let days", "location   hot") });
  await client.request("textDocument/semanticTokens/full/delta", { ...document, previousResultId: "1" });
  const pulled = await client.request("textDocument/diagnostic", document);
  await client.request("textDocument/diagnostic", { ...document, previousResultId: pulled.resultId });
  await client.request("workspace/symbol", { query: "DEE" });
  await client.request("workspace/symbol", { query: "shard" });
  await client.request("textDocument/rangeFormatting", { ...document, range: at("location   hot") });
  await client.request("textDocument/onTypeFormatting", { ...document, position: { line: 12, character: 62 }, ch: "}" });
  await client.request("textDocument/rename", { ...point("hotStore"), newName: "current" });
  await client.request("textDocument/rename", { ...point("shard"), newName: "part" });
  await actions({ start: place(ORDERS, '"z-', true), end: { line: 9, character: 30 } });
  await actions({ start: place(ORDERS, '"retail"', true), end: { line: 4, character: 27 } });
  await actions(at("days ="));
  await actions({ start: { line: 6, character: 0 }, end: { line: 7, character: 0 } });
  await client.request("textDocument/codeLens", document);
  await client.request("workspace/executeCommand", { command: "depotc.preview", arguments: [orders, "graph", "orders"] });
  await client.ask("workspace/executeCommand", { command: "depotc.preview", arguments: [orders, "paper"] });
  await client.ask("workspace/executeCommand", { command: "depotc.paint" });

  const broken = uri("broken.depot");
  client.open(broken, BROKEN);
  await client.diagnostics(broken, 1);
  const inBroken = (text, more = 0) => {
    const start = place(BROKEN, text, true);
    return { textDocument: { uri: broken }, position: { line: start.line, character: start.character + more } };
  };
  await client.request("textDocument/completion", inBroken('./sh"', 4));
  // What is told of a name that a program declares is asked for when somebody looks at it.
  const { items } = await client.request("textDocument/completion", {
    ...document,
    position: { line: 5, character: 13 },
  });
  await client.request("completionItem/resolve", items.find(({ label }) => label === "retention"));
  await client.request("completionItem/resolve", { label: "nothing" });
  const add = inBroken("Snowflake {", 11);
  await client.request("textDocument/codeAction", {
    textDocument: add.textDocument,
    range: { start: add.position, end: add.position },
    context: { diagnostics: [], only: ["refactor"] },
  });
  await client.ask("workspace/executeCommand", { command: "depotc.preview", arguments: [broken, "cfn"] });
}
