/** Synthesises generated projects in this process, so that aws-cdk-lib is loaded once. */
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { readProjectJson } from "./programs.mjs";

/** What the command `cdk` adds to the context of an app, with its default options. */
const COMMAND_CONTEXT = {
  "aws:cdk:enable-path-metadata": true,
  "aws:cdk:enable-asset-metadata": true,
  "aws:cdk:version-reporting": true,
  "aws:cdk:bundling-stacks": ["**"],
  "@aws-cdk/core:failSynthOnValidationErrors": false,
};

/**
 * Runs the app of a project as `cdk synth` would run `npx tsx bin/NAME.ts`, but here: the same loader of tsx, the same
 * environment variables, the same working directory, and the same moment of synthesis, when the process has nothing left to do.
 *
 * @param {import("./programs.mjs").Program} program
 * @param {NodeRequire} require of the folder with the packages
 * @returns {string | undefined} the folder with the cloud assembly; undefined if there is none, the problem is noted
 */
export function synthesise(program, require) {
  const settings = readProjectJson(program, "cdk.json");
  const entry = /^npx tsc && npx tsx (\S+\.ts)$/.exec(settings?.app ?? "")?.[1];
  if (entry === undefined) {
    program.problems.push("cdk.json: app is not `npx tsc && npx tsx FILE.ts`");
    return undefined;
  }
  const outdir = path.join(program.cdk, "cdk.out");
  const environment = {
    CDK_OUTDIR: outdir,
    CDK_CONTEXT_JSON: JSON.stringify({
      ...settings.context,
      ...COMMAND_CONTEXT,
    }),
    CDK_DEFAULT_REGION: "us-east-1",
    // Both templates are equal when this proof passes, so validate.mjs validates one of them, all at once.
    CDK_VALIDATION: "false",
  };
  try {
    inProcess(program.cdk, environment, () =>
      runApp(path.join(program.cdk, entry), require),
    );
  } catch (error) {
    program.problems.push(
      `synth: ${error.stack.split("\n").slice(0, 6).join("\n      ")}`,
    );
    return undefined;
  }
  if (!fs.existsSync(path.join(outdir, "manifest.json"))) {
    program.problems.push("synth: the app wrote no cloud assembly");
    return undefined;
  }
  return outdir;
}

function inProcess(folder, environment, action) {
  const cwd = process.cwd();
  const saved = Object.keys(environment).map((name) => [
    name,
    process.env[name],
  ]);
  Object.assign(process.env, environment);
  process.chdir(folder);
  try {
    action();
  } finally {
    process.chdir(cwd);
    for (const [name, value] of saved) {
      if (value === undefined) {
        delete process.env[name];
      } else {
        process.env[name] = value;
      }
    }
  }
}

/** An app synthesises in `beforeExit`; those listeners that it added are called as soon as it is loaded. */
function runApp(entry, require) {
  const before = new Set(process.rawListeners("beforeExit"));
  const unregister = require("tsx/cjs/api").register();
  try {
    createRequire(entry)(entry);
    for (const listener of process.rawListeners("beforeExit")) {
      if (!before.has(listener)) {
        listener.call(process, 0);
      }
    }
  } finally {
    for (const listener of process.rawListeners("beforeExit")) {
      if (!before.has(listener)) {
        process.removeListener("beforeExit", listener);
      }
    }
    unregister();
  }
}
