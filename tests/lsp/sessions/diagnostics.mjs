// Diagnostics follow what is typed: they come, change and go, in every file of the program.
export const files = {
  "network.depot": `let officeRanges = ["192.0.2.0/24"]\n`,
  "orders.depot": "",
};

const ORDERS = `import { officeRanges } from "./network.depot"

environment orders {
  account: { name: "retail", id: "111122223333" }
  location hot: DynamoDB {
    capacityMod: ONDEMAND
    capacityMode: ONDEMAND
  }
  gateway api: API {
    firewall: { ipAddresses: { allowed: officeRanges } }
  }
}
`;

export default async function ({ client, uri, place }) {
  const [orders, network] = [uri("orders.depot"), uri("network.depot")];
  client.open(orders, ORDERS);
  await client.diagnostics(orders, 1);

  // One keystroke mends it: the line goes.
  client.change(orders, 2, [
    { range: { start: place(ORDERS, "    capacityMod:", true), end: place(ORDERS, "capacityMod: ONDEMAND\n") }, text: "" },
  ]);
  await client.diagnostics(orders, 2);

  // What another file says, unsaved, counts: the mistake shows where it is.
  client.open(network, `let officeRanges = ["192.0.2.1/24"]\nlet unused = 1\n`);
  await client.diagnostics(network, 1);
  client.change(network, 2, [{ text: `let officeRanges = ["192.0.2.0/24"]\n` }]);
  await client.diagnostics(network, 2);

  // A name that the other file no longer has.
  client.change(network, 3, [{ text: `let ranges = ["192.0.2.0/24"]\n` }]);
  await client.diagnostics(orders, 2);

  // Closed without being saved: the file on the disk counts again.
  client.notify("textDocument/didClose", { textDocument: { uri: network } });
  await client.diagnostics(orders, 2);
  client.notify("textDocument/didClose", { textDocument: { uri: orders } });
  await client.diagnostics(orders);
}
