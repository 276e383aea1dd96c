/** Runs aws-cdk-lib's own template validation over depotc's templates. */
import path from "node:path";
import { readTemplates } from "./programs.mjs";

/**
 * Advice on what a user chose, where the template says just what the program says: W2509, a parameter whose
 * name sounds like a password (an ARN of a secret is none); W2001, a parameter that nothing uses (an existing
 * environment's, say, which no template mentions); W3002, that the template of a nested stack is a file, which
 * `aws cloudformation package` puts into S3.
 */
const ADVICE = new Set(["W2509", "W2001", "W3002"]);

/**
 * Validates with `CloudFormationValidatePlugin`, the plug-in that an app with the feature flag
 * `@aws-cdk/core:validateAgainstDefaultRules` runs at synth. Warnings but that advice
 * count as problems too.
 *
 * @param {import("./programs.mjs").Program[]} programs
 * @param {NodeRequire} require of the folder with the packages
 */
export function validate(programs, require) {
  const { App, CloudFormationValidatePlugin } = require("aws-cdk-lib/core");
  const owners = new Map();
  for (const program of programs) {
    for (const name of readTemplates(program.cfn).keys()) {
      owners.set(path.resolve(program.cfn, name), program);
    }
  }
  const files = [...owners.keys()];
  if (files.length === 0) {
    return;
  }
  const report = new CloudFormationValidatePlugin().validate({
    templatePaths: files,
    stackTemplates: files.map((templatePath) => ({
      stackConstructPath: "",
      templatePath,
    })),
    appConstruct: new App({ autoSynth: false }),
  });
  const violations = report.violations.filter(
    (violation) => !ADVICE.has(violation.ruleName),
  );
  for (const violation of violations) {
    for (const place of violation.violatingResources) {
      const where = [
        path.basename(place.templatePath),
        place.resourceLogicalId,
        ...place.locations,
      ];
      const at = where.filter(Boolean).join(" ");
      const problem = `${violation.ruleName} (${violation.severity}) ${at}: ${violation.description}`;
      owners
        .get(path.resolve(place.templatePath))
        .problems.push(`validation: ${problem}`);
    }
  }
}
