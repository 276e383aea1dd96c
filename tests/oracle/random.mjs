#!/usr/bin/env node
/** Writes random programs, builds each for both targets, and proves that they agree. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ModuleSource } from "./random/modules.mjs";
import { Source } from "./random/source.mjs";

const USAGE = `usage: random.mjs --node-modules DIR --out DIR [--count N] [--seed N] [--modules] [--split N] DEPOTC

Program K of a seed is always the same; what it is made of stays in DIR/SEED-K/.
  --modules  programs of modules, not of environments
  --split N  every environment is divided into nested stacks, N for each kind
`;

function build(depotc, folder) {
  for (const target of ["cfn", "cdk"]) {
    const args = ["build", "main.depot", "--target", target, "-o", target];
    const { status, stderr } = spawnSync(depotc, args, {
      cwd: folder,
      encoding: "utf8",
    });
    if (status !== 0) {
      fs.appendFileSync(
        path.join(folder, "build.log"),
        `exit ${status}\n${stderr}`,
      );
    }
  }
}

/** The program with all its environments split. */
function divided(text, count) {
  return text.replaceAll(/^environment .*\{$/gm, `$&\n  split: ${count}`);
}

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      "node-modules": { type: "string" },
      out: { type: "string" },
      count: { type: "string", default: "50" },
      seed: { type: "string", default: "1" },
      modules: { type: "boolean", default: false },
      split: { type: "string" },
    },
  });
  if (!values["node-modules"] || !values.out || positionals.length !== 1) {
    process.stderr.write(USAGE);
    return 2;
  }
  const depotc = path.resolve(positionals[0]);
  const folders = [];
  for (let k = 0; k < Number(values.count); k++) {
    const folder = path.resolve(values.out, `${values.seed}-${k}`);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    const seed = Number(values.seed) * 100000 + k;
    const source = values.modules ? new ModuleSource(seed) : new Source(seed);
    const text = values.split
      ? divided(source.program(), values.split)
      : source.program();
    fs.writeFileSync(path.join(folder, "main.depot"), text);
    build(depotc, folder);
    folders.push(folder);
  }
  const prove = path.join(
    path.dirname(fileURLToPath(import.meta.url)),
    "prove.mjs",
  );
  const args = [prove, "--node-modules", values["node-modules"], ...folders];
  return spawnSync(process.execPath, args, { stdio: "inherit" }).status ?? 1;
}

process.exitCode = main();
