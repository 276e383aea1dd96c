// Writes resources.depot: AWS's published model of CloudFormation resources, as declarations of depotc's library.
//
//   node generate.mjs FOLDER > resources.depot
//
// FOLDER holds node_modules with @aws-cdk/aws-service-spec and aws-cdk-lib. README.md beside this file says more.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readClasses } from "./l1.mjs";
import { renderResource } from "./render.mjs";

const folder = resolve(process.argv[2] ?? ".");
const require = createRequire(join(folder, "package.json"));
const packages = join(folder, "node_modules");

const versionOf = (name) => JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8"));

const spec = versionOf("@aws-cdk/aws-service-spec");
const cdk = versionOf("aws-cdk-lib");
const database = require("@aws-cdk/aws-service-spec").loadAwsServiceSpecSync();
const classes = readClasses(join(packages, "aws-cdk-lib"));
const resources = new Map(database.all("resource").map((one) => [one.cloudFormationType, one]));
const types = [...new Set([...resources.keys(), ...classes.keys()])].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

const out = [
  "// The resource types of AWS CloudFormation: a chapter for each, in the order of their names. Generated; see README.md.",
  `// From ${spec.name} ${spec.version} and ${cdk.name} ${cdk.version}, both ${spec.license}: names, types and constraints, no text.`,
];
for (const type of types) {
  const definitions = new Map();
  if (resources.has(type)) {
    for (const { entity } of database.follow("usesType", resources.get(type))) {
      definitions.set(entity.$id, entity);
    }
  }
  out.push(renderResource(type, resources.get(type), definitions, classes.get(type)));
}
process.stdout.write(out.join("\n") + "\n");
