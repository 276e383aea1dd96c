/** Runs the commands that a user runs in a generated project. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { differences, withoutBookkeeping } from "./compare.mjs";
import { readTemplates } from "./programs.mjs";

/**
 * [what it is called in a problem, the command]; `cdk synth` runs `npx tsc && npx tsx bin/NAME.ts` and validates. The
 * first run of the tests writes the snapshots, in CI too; the second one has to find them.
 */
const COMMANDS = [
  ["cdk synth", ["npx", "--no-install", "cdk", "synth", "--quiet", "--output", "cdk.real"]],
  ["jest", ["npm", "test"]],
  ["jest again", ["npm", "test", "--", "--ci"]],
];

/**
 * Runs `npx cdk synth` and `npm test` in the copy of a project and compares what `cdk synth` wrote with depotc's templates.
 *
 * @param {import("./programs.mjs").Program} program
 * @param {string} nodeModules
 */
export function proveReal(program, nodeModules) {
  const local = path.join(program.cdk, "node_modules");
  fs.symlinkSync(nodeModules, local);
  for (const [name, command] of COMMANDS) {
    const result = spawnSync(command[0], command.slice(1), {
      cwd: program.cdk,
      encoding: "utf8",
      env: { ...process.env, CI: "true", NO_COLOR: "1" },
    });
    if (result.status !== 0) {
      const output = `${result.stdout ?? ""}${result.stderr ?? ""}`.trim();
      program.problems.push(
        `${name}: ${output.split("\n").slice(-30).join("\n      ")}`,
      );
    }
  }
  const synthesised = readTemplates(path.join(program.cdk, "cdk.real"));
  for (const [name, template] of readTemplates(program.cfn)) {
    const cdk = synthesised.get(name);
    const lines = cdk
      ? differences(template, withoutBookkeeping(cdk))
      : ["was not written"];
    lines.forEach((line) =>
      program.problems.push(`cdk synth: ${name} ${line}`),
    );
  }
}
