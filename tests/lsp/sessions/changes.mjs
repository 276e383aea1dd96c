// Fixes, formatting, and the shape of a document.
export const files = { "orders.depot": "" };

const ORDERS = `// What is sold,
// and to whom.
environment orders {
  account: { name: "retail",
    id: "111122223333" }
  location hot: DynamoDB {
    capacityMod: ONDEMAND
       tablePrefix:   "orders-"
  }
}
`;

export default async function ({ client, uri, place }) {
  const orders = uri("orders.depot");
  const document = { textDocument: { uri: orders } };
  client.open(orders, ORDERS);
  await client.diagnostics(orders, 1);
  const range = { start: place(ORDERS, "capac"), end: place(ORDERS, "capac") };
  await client.request("textDocument/codeAction", { ...document, range, context: { diagnostics: [] } });
  await client.request("textDocument/codeAction", { ...document, range, context: { diagnostics: [], only: ["source"] } });
  await client.request("textDocument/codeAction", { ...document, range, context: { diagnostics: [], only: ["refactor"] } });
  await client.request("textDocument/formatting", { ...document, options: { tabSize: 8, insertSpaces: false } });
  await client.request("textDocument/documentSymbol", document);
  await client.request("textDocument/foldingRange", document);
  await client.request("textDocument/selectionRange", { ...document, positions: [place(ORDERS, "capac")] });
  await client.request("workspace/textDocumentContent", { uri: "depot-stdlib:///service_token.depot" });
  await client.request("workspace/textDocumentContent", { uri: "depot-stdlib:/aws/resources.depot/resource.AWS%3A%3ASNS%3A%3ATopic" });
  await client.ask("workspace/textDocumentContent", { uri: "depot-stdlib:///aws/resources.depot/resource.AWS::No::Such" });
  await client.ask("workspace/textDocumentContent", { uri: "depot-stdlib:///nothing.depot" });
}
