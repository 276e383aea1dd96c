// A project: its stages, its levels, and a project file that is edited.
export const files = {
  "depot.project": `name: "shop"
entries: ["shop.depot"]
stages: { dev: { size: 1 }, prod: { size: 9 } }
levels: { unused: "allow" }
`,
  "shop.depot": "",
  "stray.depot": `let a = b\n`,
};

const SHOP = `param size: int
let unused = 1

environment shop {
  account: { name: "retail", id: "111122223333" }
  name: "shop-\${size}"
}
`;

export const initialize = { options: { stage: "dev" } };

export default async function ({ client, uri }) {
  const [shop, project, stray] = [uri("shop.depot"), uri("depot.project"), uri("stray.depot")];
  client.open(shop, SHOP);
  await client.diagnostics(shop, 1);

  // A stage that there is not.
  client.notify("workspace/didChangeConfiguration", { settings: { depotc: { stage: "test" } } });
  await client.diagnostics(project);
  client.notify("workspace/didChangeConfiguration", { settings: { depotc: { stage: "prod" } } });
  await client.diagnostics(project);

  // A file in the folder that is no part of the project.
  client.open(stray, `let a = b\n`);
  await client.diagnostics(stray, 1);

  // The project file itself.
  client.open(project, files["depot.project"].replace("entries", "entrys"));
  await client.diagnostics(project, 1);
  client.change(project, 2, [{ text: files["depot.project"].replace('unused: "allow"', 'unused: "deny"') }]);
  await client.diagnostics(project, 2);
  await client.diagnostics(stray);
}
