/** The folders that depotc wrote for one program, and what is found wrong with them. */
import fs from "node:fs";
import path from "node:path";
import { looseEnds } from "./json.mjs";

const TEMPLATE = ".template.json";

/**
 * @typedef {object} Program
 * @property {string} name the folder as given on the command line
 * @property {string} cfn the folder with depotc's templates
 * @property {string} source the folder with the generated project, as depotc wrote it
 * @property {string} cdk a copy of `source` beside the installed packages
 * @property {boolean} samples its values are made up: they mean nothing to AWS
 * @property {string[]} problems what is wrong, in words; empty: the program passed
 */

/**
 * Copies the generated projects into a work folder in which `node_modules` resolves, as it would after `npm install`.
 *
 * @param {string[]} folders one per program, each with `cfn/` and `cdk/`
 * @param {string} work an empty folder
 * @param {string} nodeModules
 * @returns {Program[]}
 */
export function openPrograms(folders, work, nodeModules) {
  fs.symlinkSync(nodeModules, path.join(work, "node_modules"));
  return folders.map((folder, index) => {
    const source = path.join(folder, "cdk");
    const cdk = path.join(
      work,
      `${String(index).padStart(3, "0")}-${path.basename(folder)}`,
    );
    const problems = [];
    if (fs.existsSync(source)) {
      const filter = (file) =>
        !["node_modules", "cdk.out"].includes(path.basename(file));
      fs.cpSync(source, cdk, { recursive: true, filter });
    } else {
      fs.mkdirSync(cdk);
      problems.push(`there is no ${source}${buildLog(folder)}`);
    }
    return {
      name: folder,
      cfn: path.join(folder, "cfn"),
      source,
      cdk,
      samples: fs.existsSync(path.join(folder, "samples")),
      problems,
    };
  });
}

/** What run.sh kept of the output of depotc, to say why a project is missing. */
function buildLog(folder) {
  const file = path.join(folder, "build.log");
  const text = fs.existsSync(file) ? fs.readFileSync(file, "utf8").trim() : "";
  return text && `\n      ${text.split("\n").slice(0, 30).join("\n      ")}`;
}

/**
 * The templates in a folder, by file name.
 *
 * @param {string} folder
 * @param {string[]} [problems] takes what cannot be read
 * @returns {Map<string, object>}
 */
export function readTemplates(folder, problems = []) {
  const templates = new Map();
  for (const name of fs.existsSync(folder)
    ? fs.readdirSync(folder).sort()
    : []) {
    if (name.endsWith(TEMPLATE)) {
      try {
        const text = fs.readFileSync(path.join(folder, name), "utf8");
        templates.set(name, JSON.parse(text));
        looseEnds(text).forEach((end) => problems.push(`${name}: ${end}`));
      } catch (error) {
        problems.push(`${name}: ${error.message}`);
      }
    }
  }
  return templates;
}

/**
 * Reads a JSON file of a generated project.
 *
 * @param {Program} program
 * @param {string} name
 * @returns {any} undefined if it cannot be read; the problem is noted
 */
export function readProjectJson(program, name) {
  try {
    return JSON.parse(fs.readFileSync(path.join(program.cdk, name), "utf8"));
  } catch (error) {
    program.problems.push(`${name}: ${error.message}`);
    return undefined;
  }
}

/**
 * All files of a folder, relative to it, sorted.
 *
 * @param {string} folder
 * @returns {string[]}
 */
export function listFiles(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      path.relative(folder, path.join(entry.parentPath, entry.name)),
    )
    .sort();
}
