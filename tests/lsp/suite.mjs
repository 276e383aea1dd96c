// Words for tests: what is expected, what came, and how many held.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

let passed = 0;
let failed = 0;

export async function test(name, run) {
  try {
    await run();
    passed++;
  } catch (error) {
    failed++;
    console.log(`FAILED ${name}\n    ${String(error.stack ?? error).replaceAll("\n", "\n    ")}`);
  }
}

export function equal(actual, expected, what = "") {
  const [one, other] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (one !== other) throw new Error(`${what}\n  expected ${other}\n  found    ${one}`);
}

export function ok(condition, what) {
  if (!condition) throw new Error(what);
}

/** A folder with these files (path → text), and what tests need of it. */
export function makeFolder(files = {}) {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "depotc-lsp-")));
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  return {
    folder,
    base: pathToFileURL(folder).href,
    uri: (name) => pathToFileURL(path.join(folder, name)).href,
    path: (name) => path.join(folder, name),
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

/** Numbers from 0 to 1 that are the same in every run. */
export function chance(seed) {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
