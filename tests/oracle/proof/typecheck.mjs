/** Type-checks generated projects with the real `tsc`. */
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/**
 * Runs `tsc --noEmit`. Projects whose tsconfig.json is the same text are checked in one run: the files keep their folders
 * and their options, and the declarations of aws-cdk-lib are read once. A run per different tsconfig.json.
 *
 * @param {import("./programs.mjs").Program[]} programs
 * @param {string} work the folder that holds the copies
 */
export async function typecheck(programs, work) {
  const groups = new Map();
  for (const program of programs.filter((p) => fs.existsSync(p.source))) {
    const file = path.join(program.cdk, "tsconfig.json");
    if (!fs.existsSync(file)) {
      program.problems.push("tsconfig.json is missing");
      continue;
    }
    const text = fs.readFileSync(file, "utf8");
    groups.set(text, [...(groups.get(text) ?? []), program]);
  }
  let number = 0;
  for (const group of groups.values()) {
    await checkGroup(group, work, `tsconfig.${number++}.json`);
  }
}

async function checkGroup(group, work, config) {
  const folders = group.map((program) => path.basename(program.cdk));
  const project = {
    extends: `./${folders[0]}/tsconfig.json`,
    // Relative to a project, where its own node_modules would be.
    compilerOptions: { typeRoots: ["./node_modules/@types"] },
    include: folders.map((folder) => `${folder}/**/*`),
    exclude: [
      "node_modules",
      ...folders.flatMap((f) => [`${f}/node_modules`, `${f}/cdk.out`]),
    ],
  };
  fs.writeFileSync(path.join(work, config), JSON.stringify(project));
  const { status, output } = await run(work, [
    "-p",
    config,
    "--noEmit",
    "--pretty",
    "false",
  ]);
  const byFolder = new Map(
    group.map((program) => [path.basename(program.cdk), program]),
  );
  let attributed = 0;
  for (const line of output.split("\n")) {
    const match = /^([^/()]+)\/(.*\(\d+,\d+\): error .*)$/.exec(line);
    const program = match && byFolder.get(match[1]);
    if (program) {
      program.problems.push(`tsc: ${match[2]}`);
      attributed++;
    }
  }
  if (status !== 0 && attributed === 0) {
    group.forEach((program) => program.problems.push(`tsc: ${output.trim()}`));
  }
}

function run(work, args) {
  return new Promise((resolve, reject) => {
    const tsc = path.join(work, "node_modules/typescript/bin/tsc");
    const child = spawn(process.execPath, [tsc, ...args], { cwd: work });
    let output = "";
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (output += data));
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, output }));
  });
}
