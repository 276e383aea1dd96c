/// What a package says of itself: its name and version, and which files declare what can be imported from it.
import fs from "node:fs";
import path from "node:path";

import { Failure } from "./failure.mjs";

/// So many declaration files of a package are read, beside those that its main module leads to.
const MANY_FILES = 500;

function readManifest(folder) {
  let text;
  try {
    text = fs.readFileSync(path.join(folder, "package.json"), "utf8");
  } catch (error) {
    const reason = {
      ENOENT: "there is no `package.json`",
      ENOTDIR: "it is no folder",
    }[error.code];
    throw new Failure(
      "package",
      reason ?? `its \`package.json\` cannot be read: ${error.code}`,
    );
  }
  let manifest;
  try {
    manifest = JSON.parse(text);
  } catch {
    throw new Failure("package", "its `package.json` is not JSON");
  }
  for (const member of ["name", "version"]) {
    if (typeof manifest?.[member] !== "string" || manifest[member] === "") {
      throw new Failure("package", `its \`package.json\` has no \`${member}\``);
    }
  }
  if (
    !/^(@[\w.~-]+\/)?[\w.~-]+$/.test(manifest.name) ||
    !/^[\w.+-]+$/.test(manifest.version)
  ) {
    throw new Failure(
      "package",
      "its `name` or `version` is none that npm allows",
    );
  }
  return manifest;
}

/// The declaration file that stands beside the JavaScript file `name`, or `name` itself if it is one.
function declarationBeside(folder, name) {
  if (typeof name !== "string") {
    return undefined;
  }
  const stem = path.resolve(folder, name.replace(/(\.d)?\.([cm]?)[jt]s$/, ""));
  const candidates = [".d.ts", ".d.mts", ".d.cts"].flatMap((end) => [
    stem + end,
    path.join(stem, `index${end}`),
  ]);
  return candidates.find(
    (one) => fs.existsSync(one) && fs.statSync(one).isFile(),
  );
}

/// What a target of `exports` leads to: conditions are tried in the order that TypeScript tries them in.
function declarationOfTarget(folder, target) {
  if (typeof target === "string") {
    return declarationBeside(folder, target);
  }
  if (Array.isArray(target)) {
    return target
      .map((one) => declarationOfTarget(folder, one))
      .find((one) => one !== undefined);
  }
  for (const condition of ["types", "import", "require", "node", "default"]) {
    const found =
      target?.[condition] === undefined
        ? undefined
        : declarationOfTarget(folder, target[condition]);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/// The `exports` of package.json as a map from subpath ("." for the package itself) to declaration file; undefined without.
function exportedFiles(folder, { exports }) {
  if (exports === undefined || exports === null) {
    return undefined;
  }
  const isMap =
    typeof exports === "object" &&
    Object.keys(exports).some((key) => key.startsWith("."));
  const files = new Map();
  for (const [key, target] of Object.entries(
    isMap ? exports : { ".": exports },
  )) {
    const file = key.includes("*")
      ? undefined
      : declarationOfTarget(folder, target);
    if (file !== undefined) {
      files.set(key, file);
    }
  }
  return files;
}

/// All declaration files below `folder`, sorted; none at all if there are too many.
function declarationFiles(folder) {
  const found = [];
  const pending = [folder];
  while (pending.length > 0 && found.length <= MANY_FILES) {
    const at = pending.pop();
    for (const entry of fs.readdirSync(at, { withFileTypes: true })) {
      if (entry.isDirectory() && entry.name !== "node_modules") {
        pending.push(path.join(at, entry.name));
      } else if (entry.isFile() && entry.name.endsWith(".d.ts")) {
        found.push(path.join(at, entry.name));
      }
    }
  }
  return found.length > MANY_FILES ? [] : found.sort();
}

/// The package in `folder`:
/// name, version, main: the declaration file of its main module; files: all declaration files worth reading, `main` first;
/// exports: the modules that it offers beside its main one; specifierOf(file): how a program imports a file, or undefined.
export function openPackage(folder) {
  const manifest = readManifest(folder);
  const root = fs.realpathSync(folder);
  const exported = exportedFiles(root, manifest);
  const main =
    exported?.get(".") ??
    declarationBeside(root, manifest.types ?? manifest.typings) ??
    declarationBeside(root, manifest.main ?? "index.js") ??
    declarationBeside(root, "index.d.ts");
  if (main === undefined) {
    throw new Failure(
      "types",
      "neither `types` in its `package.json` nor `index.d.ts` leads to a file",
    );
  }
  const { name, version } = manifest;
  return {
    name,
    version,
    root,
    main,
    exports: [...(exported?.keys() ?? [])].map(
      (key) => `${name}${key.slice(1)}`,
    ),
    files: [
      ...new Set([
        main,
        ...(exported?.values() ?? []),
        ...declarationFiles(root),
      ]),
    ],
    specifierOf(file) {
      if (file === main) {
        return name;
      }
      if (exported !== undefined) {
        const [key] = [...exported].find(([, one]) => one === file) ?? [];
        return key === undefined ? undefined : `${name}${key.slice(1)}`;
      }
      const inside = path.relative(root, file);
      return inside.startsWith("..")
        ? undefined
        : `${name}/${inside
            .split(path.sep)
            .join("/")
            .replace(/\.d\.ts$/, "")}`;
    },
  };
}
