#!/usr/bin/env node
/** Shows that the proof fails when it must: one copy of the fixture per mistake, and one without any. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = path.dirname(fileURLToPath(import.meta.url));

/** The template of the fixture's nested stack. */
const NESTED = "shopNotes06209CAD.nested.template.json";

/** A mistake: what is done to a copy of the fixture, and what the proof must say of it. */
const MISTAKES = {
  "changed-property": [
    template((t) => (t.Resources.Hot659A85A5.Properties.LocationName = "cold")),
    /shop\.template\.json \/Resources\/Hot659A85A5\/Properties\/LocationName: cfn has "cold", cdk has "hot"/,
  ],
  "long-text": [
    both(
      (t) =>
        (t.Resources.Hot659A85A5.Properties.LocationName = `${"x".repeat(400)}y`),
      (s) => s.replace('"hot"', `"${"x".repeat(400)}z"`),
    ),
    /LocationName: cfn has …"x{30}y", cdk has …"x{30}z"/,
  ],
  "number-for-text": [
    template((t) => (t.Resources.Hot659A85A5.Properties.Enabled = "true")),
    /Enabled: cfn has "true", cdk has true/,
  ],
  "extra-property": [
    template((t) => (t.Resources.Hot659A85A5.Properties.LocationProps.X = 1)),
    /LocationProps\/X: cfn has 1, cdk has nothing/,
  ],
  "missing-resource": [
    template((t) => delete t.Resources.LandingF95672E9),
    /\/Resources\/LandingF95672E9: cfn has nothing/,
  ],
  "extra-resource": [
    template((t) => (t.Resources.More = { Type: "Custom::More" })),
    /\/Resources\/More: cfn has .*cdk has nothing/,
  ],
  "renamed-resource": [
    template((t) => {
      t.Resources.Landing = t.Resources.LandingF95672E9;
      delete t.Resources.LandingF95672E9;
      t.Resources.ApiF70053CD.DependsOn = ["Hot659A85A5", "Landing"];
    }),
    /\/Resources\/Landing: cfn has/,
  ],
  "extra-output": [
    template((t) => (t.Outputs.More = { Value: "1" })),
    /\/Outputs\/More: cfn has/,
  ],
  "missing-dependency": [
    template((t) => t.Resources.ApiF70053CD.DependsOn.pop()),
    /\/Resources\/ApiF70053CD\/DependsOn\/1: cfn has nothing, cdk has "LandingF95672E9"/,
  ],
  "list-order": [
    template((t) =>
      t.Resources.ApiF70053CD.Properties.ServiceToken["Fn::Join"][1].reverse(),
    ),
    /ServiceToken\/Fn::Join\/1\/0: cfn has/,
  ],
  "deletion-policy": [
    template((t) => (t.Resources.LandingF95672E9.DeletionPolicy = "Delete")),
    /DeletionPolicy: cfn has "Delete", cdk has "Retain"/,
  ],
  "bookkeeping-in-cfn": [
    template((t) => (t.Rules = { CheckBootstrapVersion: {} })),
    /\/Rules: cfn has/,
  ],
  "invalid-template": [
    both(
      (t) => {
        t.Resources.LandingF95672E9.Properties = { BucketName: "Not_A_Bucket" };
      },
      (s) =>
        s
          .replace(
            'new Bucket(this, "Landing");',
            'new Bucket(this, "Landing");\n    (landing.node.defaultChild as CfnBucket).bucketName = "Not_A_Bucket";',
          )
          .replace("{ Bucket }", "{ Bucket, CfnBucket }"),
    ),
    /validation: F3031 \(error\) shop\.template\.json LandingF95672E9/,
  ],
  "broken-template": [
    (folder) =>
      fs.appendFileSync(path.join(folder, "cfn/shop.template.json"), "}"),
    /shop\.template\.json: .*JSON/,
  ],
  "duplicate-key": [
    rewrite((text) =>
      text.replace('"GatewayType"', '"GatewayType": "api", "GatewayType"'),
    ),
    /"GatewayType" stands twice in one object/,
  ],
  "inexact-number": [
    rewrite((text) =>
      text.replace('"Enabled": true', '"Enabled": 9007199254740993'),
    ),
    /9007199254740993 is not how JavaScript writes that number/,
  ],
  "extra-template": [
    (folder) =>
      fs.writeFileSync(path.join(folder, "cfn/other.template.json"), "{}"),
    /other\.template\.json: only cfn wrote it/,
  ],
  "missing-template": [
    (folder) => fs.rmSync(path.join(folder, "cfn/shop.template.json")),
    /shop\.template\.json: only cdk wrote it/,
  ],
  "no-templates": [
    (folder) => fs.rmSync(path.join(folder, "cfn"), { recursive: true }),
    /cfn holds no template/,
  ],
  "missing-nested-template": [
    (folder) => fs.rmSync(path.join(folder, "cfn", NESTED)),
    /shopNotes06209CAD\.nested\.template\.json: only cdk wrote it/,
  ],
  "other-nested-template": [
    template(
      (t) =>
        (t.Resources.NotesNestedStackNotesNestedStackResource806B506D.Properties.TemplateURL =
          "other.nested.template.json"),
    ),
    /TemplateURL: cfn has "other\.nested\.template\.json", cdk has "shopNotes06209CAD/,
  ],
  "changed-nested-property": [
    template((t) => (t.Resources.Topic.Properties.TopicName = "x"), NESTED),
    /shopNotes06209CAD\.nested\.template\.json \/Resources\/Topic\/Properties\/TopicName: cfn has "x"/,
  ],
  "missing-nested-parameter": [
    template((t) => delete t.Parameters, NESTED),
    /shopNotes06209CAD\.nested\.template\.json \/Parameters: cfn has nothing/,
  ],
  "missing-handed-value": [
    template(
      (t) =>
        delete t.Resources.NotesNestedStackNotesNestedStackResource806B506D
          .Properties.Parameters,
    ),
    /NestedStackResource806B506D\/Properties\/Parameters: cfn has nothing/,
  ],
  "missing-project": [
    (folder) => fs.rmSync(path.join(folder, "cdk"), { recursive: true }),
    /there is no .*cdk/,
  ],
  "type-error": [
    edit("lib/shop-stack.ts", (s) => s.replace('name: "hot"', "name: 7")),
    /tsc: lib\/shop-stack\.ts\(\d+,\d+\): error TS2322/,
  ],
  "type-error-in-test": [
    edit("test/shop.test.ts", (s) => s.replace('"Custom::Gateway", 1', "1")),
    /tsc: test\/shop\.test\.ts\(\d+,\d+\): error TS2554/,
  ],
  "not-strict": [
    edit("tsconfig.json", (s) =>
      s.replace('"strict": true', '"strict": false'),
    ),
    /tsconfig\.json: not strict/,
  ],
  "bad-format": [
    edit("lib/shop-stack.ts", (s) =>
      s.replace("{ value: api.url }", "{value: api.url}"),
    ),
    /prettier: lib\/shop-stack\.ts: line \d+ is/,
  ],
  "bad-format-json": [
    edit("package.json", (s) => s.replace('"name": "shop"', '"name":"shop"')),
    /prettier: package\.json: line 2 is/,
  ],
  "missing-final-newline": [
    edit("README.md", (s) => s.trimEnd()),
    /prettier: README\.md: line/,
  ],
  "throws-at-synth": [
    edit("lib/shop-stack.ts", (s) =>
      s.replace('name: "shop",', 'name: "shop",\n      idPrefix: "UPPER",'),
    ),
    /synth: Error: idPrefix must be/,
  ],
  "other-flags": [
    edit("cdk.json", (s) =>
      s.replace('minimizePolicies": true', 'minimizePolicies": false'),
    ),
    /cdk\.json: context is not the recommended feature flags/,
  ],
  "undeclared-import": [
    edit("package.json", (s) =>
      s.replace('    "@stage-tech/depot-cdk": "*",\n', ""),
    ),
    /package\.json: @stage-tech\/depot-cdk is no dependency/,
  ],
};

/** What only the project's own commands find. */
const REAL_MISTAKES = {
  "failing-test": [
    edit("test/shop.test.ts", (s) =>
      s.replace('"Custom::Gateway", 1', '"Custom::Gateway", 2'),
    ),
    /jest: [^]*Expected 2 resources/,
  ],
  "snapshot-missing": [
    edit("package.json", (s) => s.replace(" --ci=false", "")),
    /jest: [^]*1 snapshot failed/,
  ],
  "changed-property": [
    MISTAKES["changed-property"][0],
    /cdk synth: shop\.template\.json \/Resources\/Hot/,
  ],
};

/** What must not count as a difference. */
const HARMLESS = {
  unchanged: () => {},
  "object-order": template((t) => {
    t.Resources = Object.fromEntries(Object.entries(t.Resources).reverse());
  }),
  "dependency-order": template((t) =>
    t.Resources.ApiF70053CD.DependsOn.reverse(),
  ),
  "white-space": template(() => {}),
};

function template(change, name = "shop.template.json") {
  return (folder) => {
    const file = path.join(folder, "cfn", name);
    const value = JSON.parse(fs.readFileSync(file, "utf8"));
    change(value);
    fs.writeFileSync(file, JSON.stringify(value));
  };
}

function rewrite(change) {
  return edit("../cfn/shop.template.json", change);
}

function edit(name, change) {
  return (folder) => {
    const file = path.join(folder, "cdk", name);
    const before = fs.readFileSync(file, "utf8");
    const after = change(before);
    assert.notEqual(after, before, `${name} was not changed`);
    fs.writeFileSync(file, after);
  };
}

function both(changeTemplate, changeStack) {
  return (folder) => {
    template(changeTemplate)(folder);
    edit("lib/shop-stack.ts", changeStack)(folder);
  };
}

function prepare(work, cases) {
  return Object.entries(cases).map(([name, change]) => {
    const folder = path.join(work, name);
    fs.cpSync(path.join(here, "fixture"), folder, { recursive: true });
    change(folder);
    return folder;
  });
}

function prove(nodeModules, folders, options) {
  const args = [
    path.join(here, "prove.mjs"),
    "--node-modules",
    nodeModules,
    ...options,
    ...folders,
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: "utf8",
  });
  assert.equal(stderr, "");
  return { status, lines: stdout.trimEnd().split("\n") };
}

/** The verdict on a folder: its first line and the problems below it. */
function verdict(lines, folder) {
  const start = lines.findIndex((line) => line.endsWith(` ${folder}`));
  assert.notEqual(start, -1, `no verdict on ${folder}`);
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => !line.startsWith(" "));
  return {
    passed: lines[start].startsWith("ok "),
    problems: rest.slice(0, end).join("\n"),
  };
}

function checkHarmless(nodeModules, work, cases, options) {
  const folders = prepare(work, cases);
  const { status, lines } = prove(nodeModules, folders, options);
  assert.equal(status, 0, lines.join("\n"));
  assert.equal(lines.at(-1), `${folders.length} passed, 0 failed`);
  return folders.length;
}

function checkMistakes(nodeModules, work, cases, options) {
  const mistakes = Object.fromEntries(
    Object.entries(cases).map(([k, [change]]) => [k, change]),
  );
  const folders = prepare(work, mistakes);
  const { status, lines } = prove(nodeModules, folders, options);
  let failed = 0;
  folders.forEach((folder, index) => {
    const [name, [, expected]] = Object.entries(cases)[index];
    const { passed, problems } = verdict(lines, folder);
    const right = !passed && expected.test(problems);
    console.log(`${right ? "ok  " : "FAIL"} the proof fails on ${name}`);
    if (!right) {
      failed++;
      console.log(problems);
    }
  });
  assert.equal(status, 1);
  assert.equal(lines.at(-1), `0 passed, ${folders.length} failed`);
  assert.equal(failed, 0);
  return folders.length;
}

const { values } = parseArgs({
  options: {
    "node-modules": { type: "string" },
    real: { type: "boolean", default: false },
  },
});
if (values["node-modules"] === undefined) {
  process.stderr.write("usage: selftest.mjs --node-modules DIR [--real]\n");
  process.exitCode = 2;
} else {
  const nodeModules = values["node-modules"];
  const work = fs.mkdtempSync(path.join(os.tmpdir(), "depotc-selftest-"));
  try {
    const [harmless, mistakes, options] = values.real
      ? [{ unchanged: HARMLESS.unchanged }, REAL_MISTAKES, ["--real"]]
      : [HARMLESS, MISTAKES, []];
    const passed =
      checkHarmless(nodeModules, work, harmless, options) +
      checkMistakes(nodeModules, work, mistakes, options);
    console.log(`${passed} passed, 0 failed`);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}
