/** Random, valid .depot programs, the same for the same seed. */
import { Choices } from "./choices.mjs";

/** Pieces of text that a back end may get wrong; no `${`, which CDK's validation takes for a mistake. */
const PIECES = [
  ..."abc XYZ 019 .,;:-_/+=()[]<>|&%#@!?*~^",
  '"',
  "'",
  "`",
  "\\",
  "$",
  "\n",
  "\t",
  "*/",
  "//",
  "{{",
  "}}",
  "é",
  "漢字",
  "\u{1f600}",
  "\u2028",
  "\u007f",
  "a longer piece of text ",
];

const WORDS =
  "orders stock hot cold search lake user model daily sum team x1 resource props scope class".split(
    " ",
  );

/** Writes one program. */
export class Source extends Choices {
  /** @param {number} seed */
  constructor(seed) {
    super(seed);
    this.taken = new Set(["environment"]);
    this.ids = { location: [], executor: [], package: [], dataset: [] };
    this.blocks = [];
  }

  some(list) {
    return list.filter(() => this.chance(0.5));
  }

  /**
   * An identifier, short or very long, whose construct id no other one has.
   *
   * @param {number} [long] how likely a very long one is; names that AWS limits have none
   */
  name(long = 0.05) {
    for (;;) {
      const words = [
        this.pick(WORDS),
        ...this.list(this.chance(long) ? 30 : 3, () => this.pick(WORDS)),
      ];
      const name = words
        .map((word, i) =>
          i === 0 ? word : word[0].toUpperCase() + word.slice(1),
        )
        .join("");
      const key = name.toLowerCase();
      if (!this.taken.has(key)) {
        this.taken.add(key);
        return name;
      }
    }
  }

  plainText(min = 0) {
    const pieces = [
      ..."x".repeat(min),
      ...this.list(this.chance(0.1) ? 60 : 8, () => this.pick(PIECES)),
    ];
    return pieces.join("").replaceAll("${", "$ {");
  }

  /** A text literal, at times with what is known only at deployment. */
  text(min = 0) {
    const parts = [quoted(this.plainText(min))];
    if (this.chance(0.3)) {
      parts.push(
        `\${${this.pick(["aws.region", "aws.accountId", "word", "size"])}}`,
      );
      parts.push(quoted(this.plainText()));
    }
    return `"${parts.join("")}"`;
  }

  /** Anything: what free-form properties hold. */
  value(depth) {
    const kind = this.count(depth > 0 ? 6 : 4);
    switch (kind) {
      case 0:
        return String(this.count(1000) - 500);
      case 1:
        return this.pick([
          "0.5",
          "1.25",
          "0.0000001",
          "123456789012345680000.0",
          "-3.75",
          "1.0",
        ]);
      case 2:
        return this.pick(["true", "false"]);
      case 5:
        return `[${this.list(4, () => this.value(depth - 1)).join(", ")}]`;
      case 6:
        return this.map(depth);
      default:
        return this.text();
    }
  }

  map(depth) {
    const keys = new Set(
      this.list(4, () =>
        this.pick([...WORDS, "a-b", "c.d", "10", "9", "007", 'q"', ""]),
      ),
    );
    const members = [...keys].map(
      (key) => `"${quoted(key)}": ${this.value(depth - 1)}`,
    );
    return `{ ${members.join(", ")} }`;
  }

  block(kind, type, members) {
    const limited = ["dataset", "transaction", "pipeline"].includes(kind);
    const name = this.name(limited ? 0 : 0.05);
    const given = members.filter(Boolean).join("\n    ");
    this.blocks.push(
      `  ${kind} ${name}${type ? `: ${type}` : ""} {\n    ${given}\n  }`,
    );
    this.ids[kind]?.push(name);
    return name;
  }

  /** `NAME: value`, or nothing. */
  maybe(name, value) {
    return this.chance(0.5) ? `${name}: ${value()}` : "";
  }

  executor() {
    if (this.chance(0.5)) {
      return this.block("executor", this.pick(["Default", "LongRunning"]), []);
    }
    const name = `"WH_${this.taken.size}"`;
    const warehouse = this.pick([
      `existing(${this.text(1)})`,
      `depotManaged({ name: ${name}, autoSuspendSeconds: size })`,
      `{ name: ${name}, size: "SMALL" }`,
    ]);
    return this.block("executor", "Snowflake", [
      'credentials: { credentialsSecretArn: login, accountId: "AB12345", region: "eu-west-1" }',
      `warehouse: ${warehouse}`,
    ]);
  }

  defaultExecutor() {
    return this.ids.executor.length > 0
      ? this.maybe("defaultExecutor", () => this.pick(this.ids.executor))
      : "";
  }

  location() {
    const type = this.pick([
      "DynamoDB",
      "ElasticSearch",
      "S3Tables",
      "Aurora",
      "Glue",
      "Snowflake",
    ]);
    const own = {
      DynamoDB: () => [
        this.maybe("capacityMode", () =>
          this.pick(["ONDEMAND", "PROVISIONED"]),
        ),
        this.maybe("pointInTimeRecovery", () => this.pick(["true", "false"])),
      ],
      S3Tables: () => [
        this.maybe("icebergVersion", () => this.pick([2, 3])),
        this.maybe("deleteMode", () =>
          this.pick(["MERGE_ON_READ", "COPY_ON_WRITE"]),
        ),
      ],
      Aurora: () => [
        this.maybe(
          "tags",
          () => `{ ${this.pick(WORDS)}: ${this.text()}, "a-b": "x" }`,
        ),
        this.maybe(
          "cluster",
          () => "{ instances: size, minCapacity: 0.5, maxCapacity: 4 }",
        ),
      ],
      Snowflake: () => [
        `accountId: "AB12345"\n    region: "eu-west-1"\n    warehouse: ${this.text(1)}`,
        "credentialsSecretArn: login",
        this.maybe("dataLocations", () =>
          this.pick(["words", '["bucket/a", "bucket/b"]', "[]"]),
        ),
      ],
    };
    return this.block("location", type, [
      ...(own[type]?.() ?? []),
      this.defaultExecutor(),
    ]);
  }

  composite() {
    const [primary, replica] = this.ids.location;
    if (replica !== undefined) {
      this.block("location", "Composite", [
        `primaryLocation: ${primary}\n    replicaLocation: ${replica}`,
        this.maybe("replicationMode", () => "IMMEDIATE"),
      ]);
    }
  }

  gateway() {
    const type = this.pick(["API", "IAM", "WebSocket", "Lambda", "LambdaData"]);
    const address = (net) =>
      `"${net}.${this.count(255)}.${this.count(255)}.${this.count(255)}/32"`;
    const list = (net) =>
      `[${[...new Set(this.list(12, () => address(net)))].join(", ")}]`;
    const firewall = () =>
      `{ ${this.chance(0.7) ? `ipAddresses: { allowed: [${address(11)}], blocked: ${list(10)} }` : ""} }`;
    const own = ["API", "IAM"].includes(type)
      ? [this.maybe("firewall", firewall)]
      : [];
    const after = this.some(this.ids.location);
    return this.block("gateway", type, [
      ...own,
      after.length > 0 && `dependsOn: [${after.join(", ")}]`,
    ]);
  }

  dataset() {
    const files = this.list(4, () => `"@demo/schemas/${this.pick(WORDS)}"`);
    const model = this.block("package", "", [
      `name: ${this.text(1)}\n    version: "1.${this.count(20)}.0"`,
      `schemas: [${[...new Set(['"@demo/schemas"', ...files])].join(", ")}]`,
      this.maybe("migrations", () => '["@demo/migrations"]'),
    ]);
    // Always: not every location has an executor for transactions.
    const executor = this.pick(this.ids.executor);
    return this.block("dataset", "", [
      `location: ${this.pick(this.ids.location)}\n    package: ${model}`,
      `executors: [{ purposes: [API, TRANSACTION], executor: ${executor} }]`,
      this.maybe("seeding", () => this.map(3)),
      this.maybe(
        "migrationOptions",
        () =>
          "{ triggerSeeding: true, migrationMode: { type: 'asynchronous' } }",
      ),
    ]);
  }

  action() {
    const members = [
      `operation: ${this.pick(["UPSERT", "MERGE", "DELETE", "EXPORT"])}`,
      this.maybe("query", () => this.text()),
      this.maybe("target", () => this.text()),
      this.maybe("format", () => this.pick(["JSON", "PARQUET", "JSONL"])),
      this.maybe("arguments", () => this.map(3)),
    ];
    return `{ ${members.filter(Boolean).join(", ")} }`;
  }

  pipeline() {
    const steps = Array.from({ length: 1 + this.count(5) }, () =>
      this.block("transaction", "", [
        `dataset: ${this.pick(this.ids.dataset)}`,
        `actions: [${[this.action(), ...this.list(2, () => this.action())].join(", ")}]`,
        this.maybe("resultPath", () =>
          this.pick(["JsonPath.DISCARD", '"$.result"']),
        ),
      ]),
    );
    this.block("pipeline", "", [
      `name: "pipeline-${this.taken.size}"\n    transactions: [${steps.join(", ")}]`,
      this.maybe("schedule", () => '"rate(1 day)"'),
    ]);
  }

  /** The whole program. */
  program() {
    [0, ...this.list(2, () => 0)].forEach(() => this.executor());
    [0, ...this.list(4, () => 0)].forEach(() => this.location());
    this.composite();
    this.list(3, () => this.gateway());
    [0, ...this.list(2, () => 0)].forEach(() => this.dataset());
    this.list(2, () => this.pipeline());
    const outputs = this.list(
      4,
      () => `  output ${this.name()} = ${this.text()}`,
    );
    return [
      "deploy param word: string",
      "deploy param size: int = 3",
      "deploy param words: string[]",
      "deploy param login: arn.secretsmanager",
      `/// ${this.plainText(1).replaceAll(/[\n\u2028]/g, " ")}`,
      `environment ${this.name(0)} {`,
      `  account: { name: ${this.text(1)}, id: aws.accountId }`,
      "  deployBastionHost: true",
      ...this.blocks,
      ...outputs,
      "}",
      "",
    ].join("\n");
  }
}

function quoted(text) {
  return text.replaceAll(/["\\$\n\t\u007f\u2028]/g, (c) =>
    ['"', "\\", "$"].includes(c)
      ? `\\${c}`
      : `\\u{${c.codePointAt(0).toString(16)}}`,
  );
}
