// run.mjs DEPOTC NODE_MODULES: see run.sh.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const tests = dirname(here);
const depotc = resolve(process.argv[2]);
const modules = resolve(process.argv[3]);
const require = createRequire(join(modules, "x.js"));
const Ajv = require("ajv/dist/2020").default;
const AjvDraft4 = require("ajv-draft-04");
const addFormats = require("ajv-formats");

const json = (path) => JSON.parse(readFileSync(path, "utf8"));

// Schemas

const ajv = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true, strictRequired: false });
ajv.addSchema(json(join(tests, "..", "docs", "diagnostics.schema.json")), "diagnostics");
const draft4 = new AjvDraft4({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(draft4);
const validators = {
  json: ajv.getSchema("diagnostics"),
  line: ajv.getSchema("diagnostics#/$defs/line"),
  gitlab: ajv.compile(json(join(here, "gitlab.schema.json"))),
  sarif: draft4.compile(json(join(modules, "@microsoft", "jest-sarif", "lib", "schemas", "sarif-2.1.0-rtm.5.json"))),
};
const grammars = { junit: join(tests, "cli", "junit.rng"), checkstyle: join(tests, "cli", "checkstyle.rng") };
const formats = ["text", "short", "json", "jsonl", "sarif", "junit", "checkstyle", "github", "gitlab"];

let passed = 0;
let failed = 0;
let name = "";

function check(what, ok, detail = "") {
  if (ok) {
    passed++;
  } else {
    failed++;
    console.log(`FAILED ${name}: ${what} ${String(detail).slice(0, 600)}`);
  }
}

const same = (what, actual, expected) =>
  check(what, JSON.stringify(actual) === JSON.stringify(expected),
    `${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`);

function valid(kind, value) {
  const validate = validators[kind];
  check(`valid ${kind}`, validate(value), JSON.stringify(validate.errors?.slice(0, 3)));
}

// Places, computed here once more from bytes

const texts = new Map();
function bytesOf(folder, file) {
  const path = resolve(folder, file);
  if (!texts.has(path)) {
    texts.set(path, existsSync(path) ? readFileSync(path) : null);
  }
  return texts.get(path);
}

/// Line and UTF-16 column, from 0, of a byte offset.
function position(bytes, offset) {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const before = bytes.subarray(mark, Math.max(offset, mark)).toString("utf8");
  const lines = before.split(/\r\n|\n|\r/);
  return { line: lines.length - 1, character: lines[lines.length - 1].length };
}

/// A place as JSON and as SARIF tell it, against the file itself.
function checkPlace(folder, file, range, offset, region) {
  if (region) {
    same("the region of SARIF", region, {
      startLine: range.start.line + 1, startColumn: range.start.character + 1,
      endLine: range.end.line + 1, endColumn: range.end.character + 1,
      byteOffset: offset.start, byteLength: offset.end - offset.start,
    });
  }
  const bytes = file && !file.startsWith("stdlib/") && !file.includes("\ufffd") ? bytesOf(folder, file) : null;
  if (bytes && bytes.toString("utf8").indexOf("\ufffd") < 0) {
    // A place within a line end stands at its begin.
    const inside = (at) => at > 0 && bytes[at - 1] === 0x0d && bytes[at] === 0x0a;
    if (!inside(offset.start)) {
      same(`where byte ${offset.start} is`, range.start, position(bytes, offset.start));
    }
    if (!inside(offset.end)) {
      same(`where byte ${offset.end} is`, range.end, position(bytes, offset.end));
    }
  }
}

// Reports against each other

function checkFixes(folder, fixes, sarif) {
  same("fixes in SARIF", sarif?.length ?? 0, fixes.length);
  fixes.forEach((fix, i) => {
    same("what a fix is", [sarif[i].description.text, sarif[i].properties.applicability], [fix.title, fix.applicability]);
    const replacements = sarif[i].artifactChanges.flatMap((change) =>
      change.replacements.map((one) => [decodeURIComponent(change.artifactLocation.uri.replace("file://", "")),
        one.deletedRegion.byteOffset, one.deletedRegion.byteLength, one.insertedContent?.text ?? ""]));
    const edits = fix.edits.map((one) => [one.file, one.offset.start, one.offset.end - one.offset.start, one.newText]);
    same("edits in SARIF", replacements.sort(), edits.sort());
    fix.edits.forEach((one) => checkPlace(folder, one.file, one.range, one.offset));
  });
}

function checkSarif(folder, document, sarif, code) {
  const run = sarif.runs[0];
  const suppressed = run.results.filter((one) => one.suppressions);
  run.results = run.results.filter((one) => !one.suppressions);
  same("what is suppressed", suppressed.length, document.summary.suppressed ?? 0);
  suppressed.forEach((one) => {
    same("the rule of what is suppressed", run.tool.driver.rules[one.ruleIndex].id, one.ruleId);
    check("why it is suppressed", one.suppressions[0].justification.length > 0);
  });
  same("one run", sarif.runs.length, 1);
  same("the exit code", run.invocations[0].exitCode, code);
  same("whether it was executed", run.invocations[0].executionSuccessful, code <= 1);
  const placed = document.diagnostics.filter((one) => run.results.length > 0 && isPlaced(one));
  const placeless = document.diagnostics.filter((one) => !placed.includes(one));
  const notifications = run.invocations[0].toolExecutionNotifications;
  same("results", run.results.map((one) => one.ruleId), placed.map((one) => one.code));
  same("notifications", notifications.map((one) => one.descriptor.id), placeless.map((one) => one.code));
  run.results.forEach((result, i) => {
    const one = placed[i];
    const place = result.locations[0].physicalLocation;
    same("the rule of a result", run.tool.driver.rules[result.ruleIndex].id, one.code);
    same("the level", result.level, one.severity);
    check("the message", result.message.text.startsWith(one.message), result.message.text);
    checkPlace(folder, one.file, one.range, one.offset, place.region);
    checkFixes(folder, one.fixes, result.fixes);
    same("the innermost block", result.locations[0].logicalLocations?.map((at) => `${at.kind} ${at.name}`) ?? [],
      one.context.slice(-1).map((at) => (at.includes(" ") ? at : `${at} ${at}`)));
  });
  notifications.forEach((one) =>
    same("the descriptor of a notification", run.tool.driver.notifications[one.descriptor.index].id, one.descriptor.id));
  const prints = run.results.map((one) => one.partialFingerprints["depotcLine/v1"]);
  same("fingerprints that differ", new Set(prints).size, prints.length);
  for (const rule of [...run.tool.driver.rules, ...run.tool.driver.notifications]) {
    check(`a rule with its page: ${rule.id}`, !/^D\d{4}$/.test(rule.id) || (rule.help?.markdown && rule.helpUri));
  }
}

/// Where there is a source: depotc knows its bytes.
const isPlaced = (one) => one.file !== null && one.rendered.split("\n").some((line) => line.match(/^ *--> .*:\d+:\d+$/));

const xml = { junit: [], checkstyle: [] };

function checkReports(folder, reports, code) {
  const text = Object.fromEntries(formats.map((format) => [format, readFileSync(join(reports, format), "utf8")]));
  const document = JSON.parse(text.json);
  const lines = text.jsonl.trimEnd().split("\n").map((line) => JSON.parse(line));
  const gitlab = JSON.parse(text.gitlab);
  const sarif = JSON.parse(text.sarif);
  valid("json", document);
  lines.forEach((line) => valid("line", line));
  valid("gitlab", gitlab);
  valid("sarif", sarif);
  const count = document.diagnostics.length;
  const bare = lines.map(({ formatVersion, ...rest }) => rest);
  same("lines of jsonl", bare, [...document.diagnostics, { summary: document.summary }]);
  const of = (severity) => document.diagnostics.filter((one) => one.severity === severity).length;
  same("the summary", [document.summary.errors, document.summary.warnings], [of("error"), of("warning")]);
  same("what can be fixed", document.summary.fixable,
    document.diagnostics.filter((one) => one.fixes.some((fix) => fix.applicability === "safe")).length);
  same("findings of GitLab", gitlab.map((one) => one.check_name), document.diagnostics.map((one) => one.code));
  same("fingerprints of GitLab that differ", new Set(gitlab.map((one) => one.fingerprint)).size, count);
  same("lines of short", text.short.split("\n").length - 1, count);
  same("lines of github", text.github.split("\n").length - 1, count);
  text.github.trimEnd().split("\n").filter((line) => line).forEach((line) =>
    check("a workflow command", /^::(error|warning|notice) (file=[^:,]+,(line=\d+,endLine=\d+,col=\d+,(endColumn=\d+,)?)?)?title=[^:,]+::.+$/.test(line), line));
  same("failures in JUnit", Number(/failures="(\d+)"/.exec(text.junit)[1]), of("error"));
  same("errors in Checkstyle", text.checkstyle.split("<error ").length - 1, count);
  const parts = document.diagnostics.map((one) => one.rendered);
  check("text is made of the rendered ones", text.text.startsWith(parts.map((one) => `${one}\n`).join("")));
  checkSarif(folder, document, sarif, code);
  for (const kind of Object.keys(xml)) {
    xml[kind].push(join(reports, kind));
  }
}

const work = mkdtempSync(join(tmpdir(), "depotc-reports-"));
let number = 0;

/// Runs depotc in `folder` with all forms of reports, and looks at them.
function run(title, folder, ...args) {
  name = title;
  const reports = join(work, String(number++));
  mkdirSync(reports);
  const options = formats.map((format) => `--diagnostics=${format}:${join(reports, format)}`);
  const result = spawnSync(depotc, [args[0], ...options, ...args.slice(1)],
    { cwd: folder, env: { ...process.env, DEPOTC_PAGES: "https://depotc.example/diagnostics" } });
  same("nothing on standard error", result.stderr.toString(), "");
  checkReports(folder, reports, result.status);
}

function runGoldens() {
  const goldens = join(tests, "goldens");
  for (const group of readdirSync(goldens)) {
    for (const golden of readdirSync(join(goldens, group))) {
      const folder = join(goldens, group, golden);
      const args = existsSync(join(folder, "args")) ? readFileSync(join(folder, "args"), "utf8").split(/\s+/).filter(Boolean) : [];
      if (existsSync(join(folder, "main.depot"))) {
        run(`${group}/${golden}`, folder, "check", "main.depot", ...args.filter((one) => one !== "--force"));
      }
    }
  }
}

/// The first program of each page, its files below `// file:` lines.
function runPages() {
  const pages = join(tests, "..", "docs", "diagnostics");
  for (const page of readdirSync(pages).filter((one) => /^D\d+\.md$/.test(one))) {
    const section = readFileSync(join(pages, page), "utf8").split("## A program that causes it")[1]?.split("\n## ")[0];
    const folder = join(work, basename(page, ".md"));
    for (const [, body] of section?.matchAll(/^```.*\n([\s\S]*?)^```/gm) ?? []) {
      const file = /^\/\/ file: (.*)\n/.exec(body);
      const path = join(folder, file ? file[1] : "main.depot");
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, file ? body.slice(file[0].length) : body);
    }
    if (existsSync(join(folder, "main.depot"))) {
      run(`page ${page}`, folder, "check", "main.depot");
    }
  }
}

const FAULTY = "environment orders {\n  account: { name: \"retail\", id: aws.accountId }\n" +
  "  location hot: DynamoDB { name: \"漢😀\", /* \t */ capacityMod: ONDEMAND }\n}\n";

function runOthers() {
  const folder = join(work, "others");
  mkdirSync(folder);
  for (const file of ["a b", "a%b", "a:b,c", "a'b\"c", "a<b>&c", "a\n::error::x", "a\u001b[31m", "a\u0001\u007f", "ä漢😀", "a]]>b", "a\\b", "a?b#c"]) {
    writeFileSync(join(folder, `${file}.depot`), FAULTY);
    run(`file ${JSON.stringify(file)}`, folder, "check", `${file}.depot`);
  }
  writeFileSync(join(folder, "crlf.depot"), `\ufeff${FAULTY.replaceAll("\n", "\r\n")}`);
  run("CR LF", folder, "check", "crlf.depot");
  run("an absolute path", folder, "check", join(folder, "crlf.depot"));
  writeFileSync(join(folder, "broken.depot"), Buffer.from([0x78, 0x3a, 0x20, 0x22, 0xff, 0x01, 0x22, 0x0a]));
  run("no UTF-8", folder, "check", "broken.depot");
  run("a file that is not there", folder, "check", "missing\u0001.depot");
  run("a wrong option", folder, "build", "--targte=\u0001::error::");
  run("a wrong value", folder, "check", "--diagnostics=xml");
  run("nothing wrong", folder, "explain", "D1203");
  writeFileSync(join(folder, "test.depot"), "test \"fails: %0A::error::\" { expect 1 == 2 }\ntest \"passes\" { expect 1 == 1 }\n");
  run("tests", folder, "test", "test.depot");
}

runGoldens();
runPages();
runOthers();
for (const [kind, files] of Object.entries(xml)) {
  name = kind;
  const result = spawnSync("xmllint", ["--noout", "--relaxng", grammars[kind], ...files], { maxBuffer: 1 << 26 });
  const bad = result.stderr.toString().split("\n").filter((line) => line && !line.endsWith(" validates"));
  check(`${files.length} reports are valid`, result.status === 0, bad.slice(0, 5).join("\n"));
  passed += files.length - 1;
}
rmSync(work, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
