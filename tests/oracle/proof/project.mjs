/** Checks a generated project against what `cdk init` writes today. */
import fs from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { listFiles, readProjectJson } from "./programs.mjs";

/**
 * The feature flags are those that aws-cdk-lib recommends, the compiler is strict, and every package that the sources
 * import is among the dependencies.
 *
 * @param {import("./programs.mjs").Program} program
 * @param {NodeRequire} require of the folder with the packages
 */
export function checkProject(program, require) {
  const flags = require("aws-cdk-lib/recommended-feature-flags.json");
  if (
    !isDeepStrictEqual(readProjectJson(program, "cdk.json")?.context, flags)
  ) {
    program.problems.push(
      "cdk.json: context is not the recommended feature flags",
    );
  }
  const options = readProjectJson(program, "tsconfig.json")?.compilerOptions;
  if (options?.strict !== true || options.module !== "NodeNext") {
    program.problems.push("tsconfig.json: not strict, or not NodeNext");
  }
  checkImports(program);
}

function checkImports(program) {
  const manifest = readProjectJson(program, "package.json");
  const known = { ...manifest?.dependencies, ...manifest?.devDependencies };
  const missing = new Set();
  for (const name of listFiles(program.cdk).filter((file) =>
    file.endsWith(".ts"),
  )) {
    const text = fs.readFileSync(path.join(program.cdk, name), "utf8");
    for (const [, module] of text.matchAll(
      /^(?:import .*|\} )from ["']([^"'.][^"']*)["'];$/gm,
    )) {
      const parts = module.split("/");
      const wanted = module.startsWith("@")
        ? parts.slice(0, 2).join("/")
        : parts[0];
      if (!(wanted in known)) {
        missing.add(wanted);
      }
    }
  }
  missing.forEach((name) =>
    program.problems.push(`package.json: ${name} is no dependency`),
  );
}
