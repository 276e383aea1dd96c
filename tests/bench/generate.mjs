// Writes the programs that are measured. The big one exists three times, in .depot, in jsonnet and, in
// generate_pkl.mjs, in Pkl, and all give the same templates, which is checked when they have been measured.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

export const pad = (n) => String(n).padStart(3, "0");

/** What one environment holds besides itself: groups of five resources that refer to each other. */
export function* members(count) {
  for (let n = 0; n < count; n++) {
    yield { kind: n % 5, group: pad(Math.floor(n / 5)) };
  }
}

const depotMembers = [
  (g) => `  location hot${g}: DynamoDB {
    name: "hot-${g}"
    capacityMode: ONDEMAND
    pointInTimeRecovery: true
  }
`,
  (g) => `  location search${g}: ElasticSearch {
    name: "search-${g}"
  }
`,
  (g) => `  location tiered${g}: Composite {
    name: "tiered-${g}"
    primaryLocation: hot${g}
    replicaLocation: search${g}
    replicationMode: IMMEDIATE
  }
`,
  (g) => `  package model${g} {
    name: "model-${g}"
    version: "1.4.0"
    schemas: ["@retail/schemas-${g}"]
  }
`,
  (g) => `  dataset orders${g} {
    name: "orders-${g}"
    location: tiered${g}
    package: model${g}
  }
`,
];

export function depotEnvironment(e, count) {
  let text = `environment bench${e} {
  account: { name: "retail", id: aws.accountId }
  name: "bench${e}"

`;
  for (const { kind, group } of members(count - 1)) {
    text += depotMembers[kind](group);
  }
  return text + "}\n";
}

/** The same in jsonnet; its prelude is what a team would write once. */
const jsonnetPrelude = `// The logical id of a construct path, as CDK computes it.
local logical(id) = id + std.asciiUpper(std.substr(std.md5(id + '/Resource'), 0, 8));
local environmentId = 'Environment78414C64';
local custom(type, properties) = {
  Type: 'Custom::' + type,
  Properties: {
    ServiceToken: {
      'Fn::Join': ['', [
        'arn:', { Ref: 'AWS::Partition' }, ':lambda:', { Ref: 'AWS::Region' }, ':',
        { Ref: 'AWS::AccountId' }, ':function:sdp-bootstrap-resource',
      ]],
    },
  } + properties,
  DeletionPolicy: 'Delete',
  UpdateReplacePolicy: 'Delete',
};
local ref(name) = { Ref: logical(name) };
`;

const jsonnetMembers = [
  (g) => `    [logical('Hot${g}')]: custom('Location', {
      LocationType: 'dynamodb',
      LocationName: 'hot-${g}',
      EnvironmentId: { Ref: environmentId },
      Enabled: true,
      LocationProps: { CapacityMode: 'ONDEMAND', PointInTimeRecovery: true },
    }),
`,
  (g) => `    [logical('Search${g}')]: custom('Location', {
      LocationType: 'elasticsearch',
      LocationName: 'search-${g}',
      EnvironmentId: { Ref: environmentId },
      Enabled: true,
      LocationProps: {},
    }),
`,
  (g) => `    [logical('Tiered${g}')]: custom('Location', {
      LocationType: 'composite',
      LocationName: 'tiered-${g}',
      EnvironmentId: { Ref: environmentId },
      Enabled: true,
      LocationProps: {
        PrimaryLocation: ref('Hot${g}'),
        ReplicaLocation: ref('Search${g}'),
        ReplicationMode: 'IMMEDIATE',
      },
    }),
`,
  (g) => `    [logical('Model${g}')]: custom('Package', {
      PackageName: 'model-${g}',
      PackageVersion: '1.4.0',
      Schemas: ['@retail/schemas-${g}'],
    }),
`,
  (g) => `    [logical('Orders${g}')]: custom('Dataset', {
      DatasetName: 'orders-${g}',
      EnvironmentId: { Ref: environmentId },
      LocationId: ref('Tiered${g}'),
      PackageId: ref('Model${g}'),
      Enabled: true,
      DatasetProps: {},
    }),
`,
];

function jsonnetEnvironment(e, count) {
  let text = `  'bench${e}.template.json': { Resources: {
    [environmentId]: custom('Environment', {
      EnvironmentName: 'bench${e}',
      AccountName: 'retail',
      AccountId: { Ref: 'AWS::AccountId' },
      EnvironmentProps: {},
    }),
`;
  for (const { kind, group } of members(count - 1)) {
    text += jsonnetMembers[kind](group);
  }
  return text + "  } },\n";
}

/** `environments` of `count` resources each, the same in both languages. */
export function bigPrograms(folder, environments, count) {
  let depot = "";
  let jsonnet = `${jsonnetPrelude}{\n`;
  for (let e = 0; e < environments; e++) {
    depot += depotEnvironment(pad(e), count);
    jsonnet += jsonnetEnvironment(pad(e), count);
  }
  return {
    depot: write(join(folder, "big.depot"), depot),
    jsonnet: write(join(folder, "big.jsonnet"), `${jsonnet}}\n`),
    lines: depot.split("\n").length - 1,
    bytes: depot.length,
    resources: environments * count,
  };
}

/** An object of TypeScript with as much in it as a location has in .depot. */
const typescriptMember = (kind, group) => `  member${kind}x${group}: {
    name: "member-${kind}-${group}",
    capacityMode: Capacity.ONDEMAND,
    pointInTimeRecovery: true,
    keys: ["partition", "sort"],
  },
`;

function typescriptObject(e, count) {
  let text = `export const bench${e} = {\n`;
  for (const { kind, group } of members(count - 1)) {
    text += typescriptMember(kind, group);
  }
  return text + "};\n";
}

/** Source to format: one file of about `megabytes` in .depot and in jsonnet, and `files` smaller ones in .depot and in
 * TypeScript. */
export function formatPrograms(folder, megabytes, files) {
  const environments = Math.ceil((megabytes * 1e6) / depotEnvironment(pad(0), 400).length);
  const { depot, jsonnet } = bigPrograms(join(folder, "one"), environments, 400);
  for (let e = 0; e < files; e++) {
    write(join(folder, "depot", `bench${pad(e)}.depot`), depotEnvironment(pad(e), 100));
    write(join(folder, "typescript", `bench${pad(e)}.ts`), typescriptObject(pad(e), 100));
  }
  return { depot, jsonnet, depotFiles: join(folder, "depot"), typescriptFiles: join(folder, "typescript") };
}

/** Twenty lines, as small programs are. */
export function smallProgram(folder) {
  return write(
    join(folder, "small.depot"),
    `/// Which stage to build for.
param stage: "dev" | "prod" = "dev"

environment orders {
  account: { name: "retail-\${stage}", id: aws.accountId }

  location hot: DynamoDB { name: "orders-hot", capacityMode: ONDEMAND }
  location search: ElasticSearch { name: "orders-search" }
  location tiered: Composite {
    name: "orders"
    primaryLocation: hot
    replicaLocation: search
    replicationMode: IMMEDIATE
  }

  package model { version: "1.4.0", schemas: ["@retail/schemas"] }
  dataset orders { location: tiered, package: model }
  gateway api: API {}
  output apiUrl = api.url
}
`,
  );
}
