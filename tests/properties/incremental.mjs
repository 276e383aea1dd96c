// node tests/properties/incremental.mjs DEPOTC LIBFAULTS [--count N] [--seed N]: a build that does no more than it must gives and says
// what a build of everything does. Two copies of a project of many files are changed alike, at random, N times; one of them is built with
// its record, the other without. Ends with `N passed, N failed`.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { random } from "../fixes/mutate.mjs";

const [depotc, faults] = process.argv.slice(2, 4).map((file) => path.resolve(file));
const option = (name, otherwise) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise);
const count = Number(option("--count", "120"));
const seed = Number(option("--seed", "1"));
const FILES = 60; // records are kept of builds with 100 files or more, outputs among them
const FEW = 30; // files that a build opens after one change, its own and the system's
const PAUSE = 12; // milliseconds: what is built at once after a change is not recorded

const work = fs.mkdtempSync(path.join(os.tmpdir(), "depotc-incremental-"));
const sides = ["recorded", "whole"].map((name) => path.join(work, name));
const next = random(seed);
const pick = (list) => list[Math.floor(next() * list.length)];
let passed = 0;
let failed = 0;

// The project

const project = (stage) => `name: "shop"\npolicies: ["rules/one.depot"]\nparams: { stage: "${stage}", zone: "z" }\n`;

/** What file `k` holds; what may change about it is in `form`. */
function source(k, form = {}) {
  const imports = [`import { size } from "./lib/size.depot"`];
  if (k % 3 === 0) imports.push(`import { pair } from "./lib/pair.depot"`);
  if (form.other !== undefined) imports.push(`import { own${form.other} } from "./e${form.other}.depot"`);
  return `${imports.join("\n")}
${k === 7 && !form.zoneless ? "param zone: string\n" : ""}${form.stageless ? "" : "param stage: string\n"}let own${k} = "own${k}"
${form.unused ? `let spare${k} = 1\n` : ""}environment ${form.name ?? `env${k}`} {
  account: { name: "x", id: aws.accountId }
  location hot: DynamoDB { name: "${form.text ?? "n"}-${k}-${form.stageless ? "dev" : "${stage}"}-\${${form.sizeless ? "1" : "size"}}" }
${k % 3 === 0 ? `  use pair as two { name: "p${k}" }\n` : ""}${form.other !== undefined ? `  output other = own${form.other}\n` : ""}${k % 20 === 0 ? `  package p${form.package ?? k} { version: "1.0.0", schemas: ["./schemas/${k}"] }\n  output note = file("./notes/${k}.txt")\n` : ""}  output own = ${k === 7 && !form.zoneless ? '"${own7} ${zone}"' : `own${k}`}
}
${form.broken ? "environment {\n" : ""}`;
}

const files = new Map(); // path → text, or the number of a program

function put(name, text) {
  files.set(name, text);
  for (const side of sides) {
    const file = path.join(side, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
}

/** As some editors do: a new file in the place of the old one. */
function replace(name, text) {
  files.set(name, text);
  for (const side of sides) {
    fs.writeFileSync(path.join(side, `${name}~`), text);
    fs.renameSync(path.join(side, `${name}~`), path.join(side, name));
  }
}

function remove(name) {
  files.delete(name);
  for (const side of sides) fs.rmSync(path.join(side, name), { force: true });
}

/** Changes a text of the output where there is one. */
function output(change) {
  const folder = path.join(sides[1], "out");
  const names = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.endsWith(".template.json")) : [];
  if (names.length === 0) return "";
  const name = pick(names);
  for (const side of sides) {
    const file = path.join(side, "out", name);
    if (fs.existsSync(file)) change(file);
  }
  return name;
}

const forms = new Map(); // number → form
const any = () => pick([...forms.keys()]);

function reform(k, change, write = put) {
  forms.set(k, { ...forms.get(k), ...change });
  write(`e${k}.depot`, source(k, forms.get(k)));
  return `e${k}.depot: ${JSON.stringify(change)}`;
}

const CHANGES = {
  text: () => reform(any(), { text: `t${Math.floor(next() * 100)}` }),
  "text, replaced": () => reform(any(), { text: `r${Math.floor(next() * 100)}` }, replace),
  "two texts": () => `${reform(any(), { text: "two" })}, ${reform(any(), { text: "two" })}`,
  nothing: () => "",
  touched: () => reform(any(), {}),
  unused: () => {
    const k = any();
    return reform(k, { unused: !forms.get(k).unused });
  },
  "another name": () => reform(any(), { name: `other${Math.floor(next() * 1000)}` }),
  "a name that is taken": () => reform(any(), { name: "envTaken" }),
  "a name that is nearly taken": () => {
    const k = any();
    return reform(k, { name: `Env${any()}` });
  },
  "a parameter that nobody has": () => (forms.has(7) ? reform(7, { zoneless: !forms.get(7).zoneless }) : ""),
  "its own name": () => {
    const k = [...forms.keys()].find((one) => forms.get(one).name === "envTaken") ?? any();
    return reform(k, { name: undefined });
  },
  import: () => {
    const k = any();
    const other = any();
    return k === other ? "" : reform(k, { other: forms.get(k).other === undefined ? other : undefined });
  },
  "no stage": () => {
    const k = any();
    return reform(k, { stageless: !forms.get(k).stageless });
  },
  "no size": () => {
    const k = any();
    return reform(k, { sizeless: !forms.get(k).sizeless });
  },
  broken: () => {
    const k = any();
    return reform(k, { broken: true });
  },
  mended: () => {
    for (const [k, form] of forms) if (form.broken) reform(k, { broken: false });
    return "all";
  },
  "package of the same name": () => {
    const k = pick([20, 40, 60].filter((one) => forms.has(one)).concat([20]));
    return forms.has(k) ? reform(k, { package: forms.get(k).package ? undefined : 7 }) : "";
  },
  library: () => put("lib/size.depot", `let size = ${Math.floor(next() * 9)}\n`),
  module: () => put("lib/pair.depot", pair(Math.floor(next() * 9))),
  schema: () => put(`schemas/${pick([20, 40])}/Order.yaml`, `type: object\ndescription: d${Math.floor(next() * 9)}\nproperties:\n  code: string\n`),
  "a schema of the same name": () => put(`schemas/40/${pick(["Order", "Item"])}.yaml`, "type: object\nproperties:\n  code: string\n"),
  "a schema of another package": () => put(`schemas/${pick([20, 40])}/Item.yaml`, `type: object\nproperties:\n  order: Order${pick([20, 40])}\n`),
  "a schema that is gone": () => remove(`schemas/40/${pick(["Order", "Item"])}.yaml`),
  note: () => put(`notes/${pick([20, 40])}.txt`, `note ${Math.floor(next() * 9)}\n`),
  rule: () => put("rules/one.depot", rule(pick(["has(one.name)", "has(one.name)", "one.name != null"]))),
  project: () => put("depot.project", project(pick(["dev", "dev", "test"]))),
  "a new file": () => {
    const k = FILES + 1 + Math.floor(next() * 20);
    return reform(k, {});
  },
  "a file that is gone": () => {
    const k = any();
    forms.delete(k);
    remove(`e${k}.depot`);
    return `e${k}.depot`;
  },
  "output that is gone": () => output((file) => fs.rmSync(file)),
  "output that was edited": () => output((file) => fs.appendFileSync(file, "\n")),
  "output that is right": () => {
    for (const side of sides) fs.rmSync(path.join(side, "out"), { recursive: true, force: true });
    return "all";
  },
};

function pair(number) {
  return `module pair(name: string) {\n  location first: DynamoDB { name: "\${name}-first-${number}" }\n  location second: DynamoDB { name: "\${name}-second" }\n}\n`;
}

function rule(condition) {
  return `rule "R-1" "no name" for location as one {\n  require ${condition}\n}\n`;
}

// Building

let environment = {};

function build(side, ...more) {
  const env = { ...process.env, XDG_CACHE_HOME: path.join(work, "cache"), ...environment };
  const { status, signal, stderr } = spawnSync(depotc, ["build", ...more], { cwd: side, encoding: "utf8", env });
  return `exit code ${status ?? signal}\n${stderr}`;
}

function outputs(side) {
  const folder = path.join(side, "out");
  const names = fs.existsSync(folder) ? fs.readdirSync(folder).sort() : [];
  return names.map((name) => `${name}\n${fs.readFileSync(path.join(folder, name), "utf8")}`).join("\n");
}

function judge(title) {
  const [recorded, whole] = [build(sides[0]), build(sides[1], "--no-cache")];
  const same = outputs(sides[0]) === outputs(sides[1]);
  if (recorded === whole && same) {
    passed++;
    return;
  }
  failed++;
  console.log(`FAILED ${title}${same ? "" : "\n    the output differs"}`);
  if (recorded !== whole) console.log(`recorded: ${recorded}\nwhole: ${whole}`.replace(/^/gm, "    "));
}

/** What is wrong must not stay wrong for ever: most builds should have nothing to say. */
function mend() {
  for (const [k, form] of forms) {
    const { broken, unused, name, other, zoneless } = form;
    const lost = other !== undefined && !forms.has(other);
    if (broken || unused || lost || zoneless || /^env/i.test(name)) reform(k, { broken: false, unused: false, name: undefined, other: undefined, zoneless: false });
  }
  if (!forms.has(7)) reform(7, {});
  put("rules/one.depot", rule("has(one.name)"));
  for (const side of sides) fs.rmSync(path.join(side, "out"), { recursive: true, force: true });
}

const pause = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);

put("depot.project", project("dev"));
put("rules/one.depot", rule("has(one.name)"));
put("lib/size.depot", "let size = 1\n");
put("lib/pair.depot", pair(1));
for (const k of [20, 40, 60]) {
  put(`schemas/${k}/Order${k}.yaml`, "type: object\nproperties:\n  code: string\n");
  put(`notes/${k}.txt`, "note\n");
}
for (let k = 1; k <= FILES; k++) reform(k, {});
for (let i = 0; i < 2; i++, pause()) judge("the first build");
const said = build(sides[0]);
if (!said.startsWith("exit code 0\n") || said.trim() !== "exit code 0") {
  failed++;
  console.log(`FAILED the project is right\n${said}`);
}
/** Opening a file fails once there are more than FEW of them: so it shows how many a build opens. */
function judgeWork(title, expected, ...more) {
  const mark = path.join(work, "mark");
  environment = { LD_PRELOAD: faults, FAULT_CALL: "open", FAULT_AT: String(FEW), FAULT_ERRNO: String(os.constants.errno.EIO), FAULT_MARK: mark };
  const result = build(sides[0], ...more);
  environment = {};
  const opened = fs.existsSync(mark) ? "many" : "few";
  fs.rmSync(mark, { force: true });
  if (opened === expected) passed++;
  else {
    failed++;
    console.log(`FAILED ${title} opens ${opened} files\n${result}`);
  }
}
judgeWork("a build after no change", "few");
reform(5, { text: "first" });
pause();
judgeWork("a build after one change", "few");
judgeWork("a build of everything", "many", "--no-cache");
judge("the build after one change");
for (let i = 1; i <= count; i++) {
  const what = pick(Object.keys(CHANGES));
  const detail = CHANGES[what]() ?? "";
  if (next() < 0.8) pause();
  judge(`seed ${seed}, step ${i}: ${what} ${detail}`);
  if (i % 8 === 0) {
    mend();
    for (let again = 0; again < 2; again++, pause()) judge(`seed ${seed}, step ${i}: mended`);
  }
}
fs.rmSync(work, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed < count ? 1 : 0);
