/// Finds a TypeScript to read with. Both kinds are asked the same questions, those of `openLibrary` and `openProgram`.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

import { Failure } from "./failure.mjs";
import { openLibrary } from "./typescript-library.mjs";
import { openProgram } from "./typescript-program.mjs";

/// The folder of the `typescript` package that a module in `folder` would import, or undefined.
function installedFor(folder) {
  for (let at = folder; ; at = path.dirname(at)) {
    const candidate = path.join(at, "node_modules", "typescript");
    if (fs.existsSync(path.join(candidate, "package.json"))) {
      return candidate;
    }
    if (at === path.dirname(at)) {
      return undefined;
    }
  }
}

/// The package.json of the `typescript` package in `folder`, or undefined.
function manifestIn(folder) {
  try {
    const manifest = JSON.parse(
      fs.readFileSync(path.join(folder, "package.json"), "utf8"),
    );
    return manifest.name === "typescript" ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/// Has TypeScript read the declaration files `entries`. `given` is the folder of a `typescript` package or undefined; then it
/// is the one that a module in one of `folders` sees, the first that there is.
export async function openTypeScript(given, folders, entries) {
  const found =
    given ?? folders.map(installedFor).find((one) => one !== undefined);
  if (found === undefined) {
    throw new Failure("typescript", "none is installed for it");
  }
  const manifest = manifestIn(found);
  if (manifest === undefined) {
    throw new Failure(
      "typescript",
      `\`${found}\` is not the folder of the npm package \`typescript\``,
    );
  }
  const library = path.resolve(found, "lib", "typescript.js");
  const client = manifest.exports?.["./unstable/sync"];
  try {
    if (fs.existsSync(library)) {
      return openLibrary(createRequire(library)(library), entries);
    }
    if (typeof client === "string") {
      return openProgram(
        await import(pathToFileURL(path.resolve(found, client)).href),
        entries,
      );
    }
  } catch (error) {
    const [reason] = String(error?.message ?? error).split("\n");
    throw new Failure(
      "typescript",
      `version ${manifest.version} does not start: ${reason}`,
    );
  }
  throw new Failure(
    "typescript",
    `version ${manifest.version} cannot be asked by programs`,
  );
}
