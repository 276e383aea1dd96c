// Programs of n lines that grow in one way each, for the benchmark and for tests/growth.
//
// A row of the table: `what` it is; `build`: source to the output of this target, else `check`; `timed`: in the benchmark, too;
// `scale`: how many times fewer lines than asked for; `code`: how depotc ends, if not with 0.

import { join } from "node:path";
import { depotEnvironment, write } from "./generate.mjs";

const lines = (n, line) => Array.from({ length: Math.max(1, Math.round(n)) }, (_, i) => line(i)).join("\n");

const account = 'account: { name: "retail", id: aws.accountId }';
const crowded = `environment e {\n  ${account}\n`;

/** Environments of `each` members, n lines in all if a member is `height` lines. */
function environments(n, each, member, height = 1) {
  return lines(n / (each * height), (e) => `environment e${e} {\n  ${account}\n${lines(each, (i) => member(e * each + i))}\n}`);
}

/** The deepest brackets that the language allows. */
const DEPTH = 190;

const packageOf = (g) => `  package p${g} { name: "p-${g}", version: "1.0.0", schemas: ["@r/s-${g}"] }`;

export const shapes = {
  program: {
    what: "environments of 400 resources, source to templates",
    build: "cfn",
    timed: true,
    text: (n) => {
      const each = depotEnvironment("0000", 400).split("\n").length - 1;
      return Array.from({ length: Math.round(n / each) }, (_, e) => depotEnvironment(String(e).padStart(4, "0"), 400)).join("");
    },
  },
  siblings: {
    what: "one environment with n locations (one error: too many for a template)",
    timed: true,
    code: 1,
    text: (n) => `${crowded}${lines(n - 3, (i) => `  location l${i}: ElasticSearch {}`)}\n}`,
  },
  references: {
    what: "n constants, each made from the one before",
    timed: true,
    text: (n) => `let a0 = 0\n${lines(n - 1, (i) => `let a${i + 1} = a${i} + 1`)}`,
  },
  dependencies: {
    what: "n locations, each depends on the one before (one error: too many for a template)",
    timed: true,
    code: 1,
    text: (n) =>
      `${crowded}  location l0: ElasticSearch {}\n` +
      `${lines(n - 4, (i) => `  location l${i + 1}: ElasticSearch { dependsOn: [l${i}] }`)}\n}`,
  },
  errors: {
    what: "n lines with a type error each",
    timed: true,
    code: 1,
    text: (n) => lines(n, (i) => `let a${i}: int = "x"`),
  },
  nesting: {
    what: `n lines, each ${DEPTH} brackets deep`,
    scale: 50,
    timed: true,
    text: (n) => lines(n, (i) => `let a${i} = ${"[".repeat(DEPTH)}${"]".repeat(DEPTH)}`),
  },
  list: {
    what: "one list of n lines",
    timed: true,
    text: (n) => `let a = [\n${lines(n - 2, (i) => `  "element ${i}",`)}\n]`,
  },
  object: {
    what: "one object of n lines, spread into another",
    text: (n) => `let a = {\n${lines(n - 3, (i) => `  k${i}: ${i},`)}\n}\nlet b = {...a, z: 1}`,
  },
  comprehensions: {
    what: "a list of n lines, and comprehensions over it and over each other",
    text: (n) =>
      `let xs = [\n${lines(n - 5, (i) => `  "k${i}",`)}\n]\nlet ys = [for x in xs: "\${x}-y"]\n` +
      'let zs = [for x in ys if x != "q": x]\nlet m = {for z in zs: [z]: 1}',
  },
  loop: {
    what: "a list of n lines, and a resource for each (one error: too many for a template)",
    code: 1,
    text: (n) => `let xs = [\n${lines(n - 7, (i) => `  "k${i}",`)}\n]\n${crowded}  for x in xs {\n    location hot[x]: DynamoDB {}\n  }\n}`,
  },
  branches: { what: "a resource in a branch on each line", text: (n) => environments(n, 200, (g) => `  if ${g} > 3 { location l${g}: DynamoDB {} }`) },
  environments: {
    what: "n environments with nothing in them, source to templates",
    build: "cfn",
    scale: 4,
    text: (n) => lines(n, (i) => `environment e${i} { ${account} }`),
  },
  packages: { what: "n packages", text: (n) => environments(n, 90, packageOf) },
  datasets: {
    what: "a location, a package, and a dataset of both, again and again",
    text: (n) =>
      environments(n, 90, (g) => `  location l${g}: DynamoDB {}\n${packageOf(g)}\n  dataset d${g} { location: l${g}, package: p${g} }`, 3),
  },
  shared: {
    what: "n datasets of one package (one error: too many for a template)",
    code: 1,
    text: (n) => `${crowded}  location hot: DynamoDB {}\n${packageOf(0)}\n${lines(n - 4, (i) => `  dataset d${i} { location: hot, package: p0 }`)}\n}`,
  },
  modules: {
    what: "an instance of a module on each line",
    text: (n) => `module m(key: string) {\n  location hot: DynamoDB { name: key }\n  output id = hot.id\n}\n${environments(n, 200, (g) => `  use m as u${g} { key: "k-${g}" }`)}`,
  },
  functions: {
    what: "n functions, each calls the one before, in chains of fifty",
    text: (n) => lines(n, (i) => (i % 50 ? `fn f${i}(x: int) = f${i - 1}(x)` : `fn f${i}(x: int) = x`)),
  },
  outputs: { what: "a gateway and an output of it, again and again", text: (n) => environments(n, 90, (g) => `  gateway g${g}: API {}\n  output o${g} = g${g}.url`, 2) },
  types: { what: "n types, each named by the next", text: (n) => `type t0 = string\n${lines(n - 1, (i) => `type t${i + 1} = t${i}`)}` },
  union: { what: "a type of n words", text: (n) => `type t =\n${lines(n - 3, (i) => `  "m${i}" |`)}\n  "z"\nlet a: t = "m5"` },
  parameters: { what: "n parameters", text: (n) => lines(n, (i) => `param p${i}: string = "x"`) },
  spreads: { what: "n objects, each spreads the one before", text: (n) => `let a0 = {x: 1}\n${lines(n - 1, (i) => `let a${i + 1} = {...a${i}, y: ${i}}`)}` },
  text: { what: "a text of n lines with a value in each", text: (n) => `let a = """\n${lines(n - 2, (i) => `  line ${i} \${1 + ${i}}`)}\n  """` },
  comments: { what: "n comments", text: (n) => `${lines(n - 1, (i) => `// comment ${i}`)}\nlet a = 1` },
  tests: { what: "n lines of tests", text: (n) => lines(n / 3, (i) => `test "t${i}" {\n  expect 1 == 1\n}`) },
  similar: {
    what: "n / 2 names, and as many that are like one of them",
    code: 1,
    text: (n) => `${lines(n / 2, (i) => `let alpha${i} = 1`)}\n${lines(n / 2, (i) => `let b${i} = alphx${i}`)}`,
  },
  twice: { what: "n declarations of one name", code: 1, text: (n) => lines(n, (i) => `let a = ${i}`) },
  collisions: { what: "n resources of one physical name", code: 1, text: (n) => environments(n, 200, (g) => `  location l${g}: DynamoDB { name: "same" }`) },
  properties: { what: "a property that does not exist on each line", code: 1, text: (n) => environments(n, 200, (g) => `  location l${g}: DynamoDB { nam: "x${g}" }`) },
  syntax: { what: "a syntax error on each line", code: 1, text: (n) => lines(n, (i) => `let a${i} = = 3`) },
  brackets: { what: "a bracket that is never closed on each line", code: 1, text: (n) => lines(n, (i) => `let a${i} = [1, 2`) },
  code: {
    what: "environments of 90 resources, source to a CDK project",
    build: "cdk",
    text: (n) => environments(n, 30, (g) => `  location l${g}: DynamoDB {}\n${packageOf(g)}\n  dataset d${g} { location: l${g}, package: p${g} }`, 3),
  },
  classes: {
    what: "modules of one resource and two instances each, source to a CDK project",
    build: "cdk",
    scale: 10,
    text: (n) =>
      `${lines(n / 3, (i) => `module m${i}(key: string) { location hot: DynamoDB { name: key } }`)}\n` +
      environments((2 * n) / 3, 20, (g) => `  use m${(g >> 1) % Math.floor(n / 3)} as u${g} { key: "k-${g}" }`),
  },
  instances: {
    what: "instances of one module, source to a CDK project",
    build: "cdk",
    scale: 4,
    text: (n) => `module m(key: string) {\n  location hot: DynamoDB { name: key }\n}\n${environments(n, 200, (g) => `  use m as u${g} { key: "k-${g}" }`)}`,
  },
  tags: {
    what: "a resource with a map of n entries, source to a CDK project",
    build: "cdk",
    text: (n) => `${crowded}  location db: Aurora {\n    name: "db"\n    tags: {\n${lines(n - 7, (i) => `      "team-${i}": "retail",`)}\n    }\n  }\n}`,
  },
  suppressions: { what: "a suppression of nothing on every other line", text: (n) => lines(n / 2, (i) => `// depotc-allow D3118: it is meant so\nlet a${i} = 1`) },
};

/** Writes the program of one shape and returns its place. */
export function shapeProgram(folder, name, n) {
  return write(join(folder, `${name}-${n}.depot`), `${shapes[name].text(Math.round(n / (shapes[name].scale ?? 1)))}\n`);
}
