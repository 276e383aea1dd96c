#!/usr/bin/env node
/** Proves that both back ends of depotc agree, with the real tools. README.md says what is proven. */
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { differences, withoutBookkeeping } from "./proof/compare.mjs";
import { checkFormat } from "./proof/format.mjs";
import { openPrograms, readTemplates } from "./proof/programs.mjs";
import { checkProject } from "./proof/project.mjs";
import { proveReal } from "./proof/real.mjs";
import { synthesise } from "./proof/synth.mjs";
import { typecheck } from "./proof/typecheck.mjs";
import { validate } from "./proof/validate.mjs";

const USAGE = `usage: prove.mjs --node-modules DIR [--real] [--keep] PROGRAM_OUT...

Each PROGRAM_OUT holds cfn/NAME.template.json... and cdk/, the generated project. With a file \`samples\` beside these
its values are made up, and aws-cdk-lib does not validate its templates.
  --node-modules DIR  the packages that install.sh installed
  --real              also run the project's own commands: cdk synth and jest; slow
  --keep              keep the work folder and print its name
`;

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      "node-modules": { type: "string" },
      real: { type: "boolean", default: false },
      keep: { type: "boolean", default: false },
    },
  });
  if (values["node-modules"] === undefined || positionals.length === 0) {
    process.stderr.write(USAGE);
    return 2;
  }
  const nodeModules = path.resolve(values["node-modules"]);
  const work = fs.mkdtempSync(path.join(os.tmpdir(), "depotc-proof-"));
  try {
    const programs = openPrograms(
      positionals.map((p) => path.resolve(p)),
      work,
      nodeModules,
    );
    await prove(programs, work, nodeModules, values.real);
    return report(programs);
  } finally {
    if (values.keep) {
      console.log(`work folder: ${work}`);
    } else {
      fs.rmSync(work, { recursive: true, force: true });
    }
  }
}

async function prove(programs, work, nodeModules, real) {
  const require = createRequire(path.join(nodeModules, "oracle.js"));
  // tsc is a process of its own: it works while this one loads aws-cdk-lib.
  const types = typecheck(programs, work);
  await checkFormat(programs, require);
  for (const program of programs.filter((p) => fs.existsSync(p.source))) {
    checkProject(program, require);
    compareTemplates(program, synthesise(program, require));
  }
  validate(programs.filter((program) => !program.samples), require);
  await types;
  if (real) {
    programs.forEach((program) => proveReal(program, nodeModules));
  }
}

/**
 * Holds depotc's templates against the synthesised ones.
 *
 * @param {import("./proof/programs.mjs").Program} program
 * @param {string | undefined} assembly the folder of the cloud assembly, if synthesis worked
 */
function compareTemplates(program, assembly) {
  if (assembly === undefined) {
    return;
  }
  const cfn = readTemplates(program.cfn, program.problems);
  const cdk = readTemplates(assembly);
  if (cfn.size === 0) {
    program.problems.push("cfn holds no template");
  }
  for (const name of [...new Set([...cfn.keys(), ...cdk.keys()])].sort()) {
    if (!cfn.has(name) || !cdk.has(name)) {
      program.problems.push(
        `${name}: only ${cfn.has(name) ? "cfn" : "cdk"} wrote it`,
      );
      continue;
    }
    for (const line of differences(
      cfn.get(name),
      withoutBookkeeping(cdk.get(name)),
    )) {
      program.problems.push(`${name} ${line}`);
    }
  }
}

function report(programs) {
  for (const program of programs) {
    console.log(
      `${program.problems.length === 0 ? "ok  " : "FAIL"} ${program.name}`,
    );
    program.problems.forEach((problem) => console.log(`    ${problem}`));
  }
  const failed = programs.filter(
    (program) => program.problems.length > 0,
  ).length;
  console.log(`${programs.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
