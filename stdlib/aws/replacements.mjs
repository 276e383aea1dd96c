// Writes replacements.txt: for each resource type of AWS's published model, the properties whose change has CloudFormation
// make the resource anew.
//
//   node replacements.mjs FOLDER > replacements.txt
//
// A line for each type, in the order of their names: `TYPE PATH PATH?`. A path with `?` behind it may do so, others do;
// what a line does not name does not. FOLDER is as for generate.mjs.
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const folder = resolve(process.argv[2] ?? ".");
const database = createRequire(join(folder, "package.json"))("@aws-cdk/aws-service-spec").loadAwsServiceSpecSync();
const marks = { yes: "", maybe: "?" };

function pathsOf(resource) {
  const paths = new Map();
  for (const [name, property] of Object.entries(resource.properties)) {
    if (property.causesReplacement in marks) paths.set(name, marks[property.causesReplacement]);
  }
  for (const path of resource.additionalReplacementProperties ?? []) {
    paths.set(path.filter((part) => part !== "*").join("."), "");
  }
  return [...paths].map(([path, mark]) => path + mark).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

const lines = database
  .all("resource")
  .map((resource) => [resource.cloudFormationType, ...pathsOf(resource)].join(" "))
  .sort((a, b) => (a.split(" ")[0] < b.split(" ")[0] ? -1 : 1));
process.stdout.write(lines.join("\n") + "\n");
