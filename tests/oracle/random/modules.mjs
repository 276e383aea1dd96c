/** Random programs of modules: nested, in loops, with branches and all kinds of arguments and outputs. */
import { Choices } from "./choices.mjs";

const MODES = ["ONDEMAND", "PROVISIONED"];
const KEYS = ["eu", "us", "ap-1", "x", "B"];

/** The parameters of every module, with their types; the last ones may be left out. */
const PARAMETERS = {
  p: "string",
  d: "string",
  n: "int",
  flag: "bool",
  mode: "DynamoDBLocationCapacityMode",
  keys: "string[]",
  options: "{ size: string, depth?: int }",
  source: "location",
  version: "2 | 3",
};

/** What a module shows, for those who use it. */
const OUTPUTS = ["table", "text", "list", "object", "arn", "passed", "name"];

/** Writes one program. */
export class ModuleSource extends Choices {
  /** @param {number} seed */
  constructor(seed) {
    super(seed);
    this.modules = [];
    this.number = 0;
  }

  fresh(word) {
    this.number += 1;
    return `${word}${this.number}`;
  }

  /** A string in a module: of parameters, of what is computed from them, of what is in it. */
  text(scope, depth = 2) {
    const forms = [
      () => '"plain"',
      () => "p",
      () => "d",
      () => '"${p}-${n}"',
      () => '"${d}/${options.size}"',
      () => "upper(p)",
      () => 'flag ? "yes" : "no"',
      () => "string(n + 1)",
      () => "kebab(p)",
      () => 'join(keys, "+")',
      () => '"${aws.region}-${p}"',
      () => "word",
      () => '"${size} ${word}"',
      () => "options.size",
    ];
    if (scope.topics.length > 0) {
      forms.push(
        () => `${this.pick(scope.topics)}.TopicArn`,
        () => `"\${${this.pick(scope.topics)}.TopicName}:\${d}"`,
      );
    }
    if (scope.uses.length > 0) {
      forms.push(
        () => `${this.pick(scope.uses)}.text`,
        () => `${this.pick(scope.uses)}.arn`,
        () => `${this.pick(scope.uses)}.object.text`,
      );
    }
    if (depth > 0) {
      forms.push(
        () => `"\${${this.text(scope, 0)}}, \${${this.text(scope, 0)}}"`,
        () => `(flag ? ${this.text(scope, 0)} : ${this.text(scope, 0)})`,
      );
    }
    return this.pick(forms)();
  }

  /** Anything. */
  value(scope, depth = 2) {
    const forms = [
      () => this.text(scope),
      () => "n",
      () => "flag",
      () => "n * 2",
      () => "!flag",
      () => "keys",
      () => "options",
      () => String(this.count(9)),
      () => 'flag ? 1 : "one"',
    ];
    if (depth > 0) {
      const inner = () => this.value(scope, depth - 1);
      forms.push(
        () => `[${this.list(3, inner).join(", ")}]`,
        () => `{ a: ${inner()}, "b-c": ${inner()} }`,
        () => `flag ? { a: ${inner()} } : { b: ${inner()} }`,
        () => `[for k in keys: "\${k}-\${d}"]`,
        () => `{for k in keys: [k]: ${inner()}}`,
      );
    }
    return this.pick(forms)();
  }

  location(scope) {
    const forms = [
      () => this.pick(scope.locations),
      () => "source",
      ...scope.uses.map((use) => () => `${use}.table`),
    ];
    return scope.locations.length > 0 ? this.pick(forms)() : "source";
  }

  table(scope, key) {
    const name = this.fresh("t");
    const end = key ? "-${k}" : "";
    const own = this.pick([
      () =>
        `DynamoDB { name: "\${p}-${name}${end}", capacityMode: ${this.pick(["mode", ...MODES, "flag ? PROVISIONED : mode"])} }`,
      () =>
        `DynamoDB { name: "\${p}-${name}${end}", pointInTimeRecovery: ${this.pick(["flag", "!flag", "n > 2"])} }`,
      () =>
        `S3Tables { name: "\${p}-${name}${end}", icebergVersion: ${this.pick(["version", "2", "flag ? 3 : 2"])} }`,
      () => `ElasticSearch { name: "\${p}-${name}${end}" }`,
      () =>
        `DynamoDB { name: "\${p}-${name}${end}", ...(flag ? { capacityMode: mode } : {}) }`,
    ])();
    const after =
      scope.topics.length > 0 && this.chance(0.3)
        ? own.replace(/ }$/, `, dependsOn: [${this.pick(scope.topics)}] }`)
        : own;
    if (!key) {
      scope.locations.push(name);
    }
    return `  location ${name}${key ? "[k]" : ""}: ${after}`;
  }

  topic(scope, key) {
    const name = this.fresh("topic");
    const members = [
      `DisplayName: ${this.text(scope)}`,
      this.chance(0.5) && `Metadata: { owner: ${this.value(scope)} }`,
      this.chance(0.3) &&
        "DeletionPolicy: flag ? Retain : Delete, UpdateReplacePolicy: Retain",
      this.chance(0.3) && `Tags: [{ Key: "k", Value: ${this.text(scope)} }]`,
      this.chance(0.3) &&
        scope.locations.length > 0 &&
        `DependsOn: [${this.pick(scope.locations)}]`,
    ].filter(Boolean);
    if (!key) {
      scope.topics.push(name);
    }
    return `  resource ${name}${key ? "[k]" : ""}: "AWS::SNS::Topic" { ${members.join(", ")} }`;
  }

  parameter(scope) {
    return `  resource ${this.fresh("s")}: "AWS::SSM::Parameter" { Type: "String", Value: ${this.text(scope)} }`;
  }

  /** Arguments for a use, by the texts for each kind. */
  use(scope, name, module, make, key) {
    const given = [
      `p: ${make.p(name, key)}`,
      ...Object.keys(PARAMETERS)
        .filter((parameter) => parameter !== "p")
        .filter((parameter) => parameter === "source" || this.chance(0.6))
        .map((parameter) => `${parameter}: ${make[parameter]()}`),
    ];
    const after =
      scope.locations.length > 0 && this.chance(0.2)
        ? [`dependsOn: [${this.pick(scope.locations)}]`]
        : [];
    return `  use ${module} as ${name}${key ? "[k]" : ""} { ${[...given, ...after].join(", ")} }`;
  }

  inner(scope) {
    const name = this.fresh("i");
    const line = this.use(scope, name, this.pick(this.modules), {
      p: (use) => `"\${p}-${use}"`,
      d: () => this.text(scope),
      n: () => this.pick(["n", "n + 1", "7"]),
      flag: () => this.pick(["flag", "!flag", "true"]),
      mode: () => this.pick(["mode", ...MODES]),
      keys: () => this.pick(["keys", '["a", "b"]', "[...keys, p]"]),
      options: () => this.pick(["options", '{ size: "s", depth: n }', "{ size: p }"]),
      source: () => this.location(scope),
      version: () => this.pick(["version", "3"]),
    });
    scope.uses.push(name);
    return line;
  }

  module() {
    const name = this.fresh("mod");
    const scope = { locations: [], topics: [], uses: [] };
    const lines = [this.table(scope), this.topic(scope)];
    const makes = [
      () => this.table(scope),
      () => this.topic(scope),
      () => this.parameter(scope),
      () => `  if flag {\n  ${this.parameter(scope)}\n  }`,
      () => `  for k in keys {\n  ${this.table(scope, true)}\n  }`,
      () => `  for k in keys {\n  ${this.topic(scope, true)}\n  }`,
    ];
    for (let i = this.count(4); i > 0; i--) {
      lines.push(this.pick(makes)());
    }
    if (this.modules.length > 0) {
      lines.push(...this.list(2, () => this.inner(scope)));
      lines.push(...this.list(2, () => this.pick(makes)()));
    }
    const outputs = {
      table: this.location(scope),
      text: this.text(scope),
      list: `[${this.text(scope)}, ${this.text(scope)}]`,
      object: `{ text: ${this.text(scope)}, table: ${this.location(scope)}, more: ${this.value(scope)} }`,
      arn: `${scope.topics[0]}.TopicArn`,
      passed: "source",
      name: "p",
    };
    const heads = Object.entries(PARAMETERS).map(
      ([parameter, type]) => `${parameter}: ${type}${this.fallback(parameter)}`,
    );
    this.modules.push(name);
    return [
      `/// Module ${name}.`,
      `module ${name}(${heads.join(", ")}) {`,
      ...lines,
      ...OUTPUTS.map((output) => `  output ${output} = ${outputs[output]}`),
      "}",
    ].join("\n");
  }

  /** Defaults for all but what an instance must be told. */
  fallback(parameter) {
    const fallbacks = {
      d: ' = "default"',
      n: " = 2",
      flag: " = false",
      mode: " = ONDEMAND",
      keys: ' = ["k"]',
      options: ' = { size: "m" }',
      version: " = 2",
    };
    return fallbacks[parameter] ?? "";
  }

  environment() {
    const scope = { locations: ["base"], topics: [], uses: [] };
    const lines = ['  location base: DynamoDB { name: "base" }'];
    const name = this.fresh("env");
    const any = (output) =>
      scope.uses.map((use) => () => `${use}.${output}`);
    const make = {
      p: (use, key) => (key ? `"${use}-\${k}"` : `"${use}"`),
      d: () =>
        this.pick([
          () => '"literal"',
          () => "word",
          () => '"${word}!"',
          ...any("text"),
          ...any("list[1]"),
        ])(),
      n: () => String(this.count(5)),
      flag: () => this.pick(["true", "false"]),
      mode: () => this.pick(MODES),
      keys: () =>
        this.pick(["[]", '["eu"]', '["us", "eu"]', '["x", "B", "ap-1"]']),
      options: () =>
        this.pick(['{ size: "l" }', '{ size: "xl", depth: 3 }', "{ size: word }"]),
      source: () =>
        this.pick([() => "base", ...any("table"), ...any("object.table")])(),
      version: () => this.pick(["2", "3"]),
    };
    for (let i = 2 + this.count(4); i > 0; i--) {
      const use = this.fresh("u");
      const module = this.pick(this.modules);
      const loop = this.chance(0.25);
      const line = this.use(scope, use, module, make, loop);
      if (loop) {
        const keys = KEYS.filter(() => this.chance(0.5)).concat("z");
        lines.push(`  for k in ${JSON.stringify(keys)} {\n  ${line}\n  }`);
        scope.uses.push(`${use}["z"]`);
      } else {
        lines.push(line);
        scope.uses.push(use);
      }
    }
    const outputs = scope.uses
      .filter(() => this.chance(0.6))
      .map(
        (use) =>
          `  output ${this.fresh("out")} = ${use}.${this.pick(["text", "arn", "list[0]", "object.text", "name"])}`,
      );
    return [
      `environment ${name} {`,
      '  account: { name: "retail", id: aws.accountId }',
      ...lines,
      ...outputs,
      "}",
    ].join("\n");
  }

  /** The whole program. */
  program() {
    const modules = [0, ...this.list(3, () => 0)].map(() => this.module());
    const environments = [0, ...this.list(1, () => 0)].map(() =>
      this.environment(),
    );
    return [
      "deploy param word: string",
      "deploy param size: int = 3",
      ...modules,
      ...environments,
      "",
    ].join("\n");
  }
}
