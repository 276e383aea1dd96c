/** Checks that generated files are formatted as prettier formats them by default. */
import fs from "node:fs";
import path from "node:path";
import { listFiles } from "./programs.mjs";

/**
 * Does what `prettier --check` does, without its look for a configuration above the files.
 *
 * @param {import("./programs.mjs").Program[]} programs
 * @param {NodeRequire} require of the folder with the packages
 */
export async function checkFormat(programs, require) {
  const prettier = require("prettier");
  for (const program of programs) {
    for (const name of listFiles(program.cdk)) {
      const file = path.join(program.cdk, name);
      const { inferredParser } = await prettier.getFileInfo(file, {
        resolveConfig: false,
      });
      if (inferredParser !== null && !isCopy(name)) {
        await checkFile(program, prettier, file, name);
      }
    }
  }
}

/** Whether the file is one of the user's own: schemas in YAML are copied as they are. */
function isCopy(name) {
  return /\.(ya?ml)$/.test(name) && !name.startsWith("declared-schemas/");
}

async function checkFile(program, prettier, file, name) {
  const text = fs.readFileSync(file, "utf8");
  try {
    const formatted = await prettier.format(text, { filepath: file });
    if (formatted !== text) {
      program.problems.push(
        `prettier: ${name}: ${firstDifference(text, formatted)}`,
      );
    }
  } catch (error) {
    program.problems.push(`prettier: ${name}: ${error.message.split("\n")[0]}`);
  }
}

function firstDifference(text, formatted) {
  const have = text.split("\n");
  const want = formatted.split("\n");
  const line = have.findIndex((row, index) => row !== want[index]);
  const at = line < 0 ? have.length : line;
  return `line ${at + 1} is ${JSON.stringify(have[at])}, prettier writes ${JSON.stringify(want[at])}`;
}
