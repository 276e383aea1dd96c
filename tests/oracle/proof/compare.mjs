/** Compares two CloudFormation templates by what they mean. */

/** What `cdk synth` adds for its own use, and depotc does not write: [section, logical id, is it CDK's own?]. */
const BOOKKEEPING = [
  [
    "Parameters",
    "BootstrapVersion",
    (value) => value.Default?.startsWith("/cdk-bootstrap/"),
  ],
  ["Rules", "CheckBootstrapVersion", () => true],
  ["Conditions", "CDKMetadataAvailable", () => true],
  ["Resources", "CDKMetadata", (value) => value.Type === "AWS::CDK::Metadata"],
];

/** How many characters of a value are shown, and how many before the first difference of two texts. */
const SHOWN = 300;
const CONTEXT = 30;

/**
 * A copy of a template that `cdk synth` wrote, without CDK's bookkeeping.
 *
 * @param {object} template
 * @returns {object}
 */
export function withoutBookkeeping(template) {
  const copy = structuredClone(template);
  for (const [section, id, own] of BOOKKEEPING) {
    const entry = copy[section]?.[id];
    if (entry !== undefined && own(entry)) {
      delete copy[section][id];
      dropIfEmpty(copy, section);
    }
  }
  for (const resource of Object.values(copy.Resources ?? {})) {
    if (resource.Metadata) {
      delete resource.Metadata["aws:cdk:path"];
      nameTemplate(resource);
      dropIfEmpty(resource, "Metadata");
    }
  }
  return copy;
}

/**
 * A nested stack's template is an asset of CDK's: its address is where `cdk deploy` will put the file, and the metadata name
 * the file itself, as depotc's `TemplateURL` does. Any other address stays, and is a difference.
 */
function nameTemplate(resource) {
  const { "aws:asset:path": file, "aws:asset:property": property } =
    resource.Metadata;
  const url = resource.Properties?.TemplateURL?.["Fn::Join"]?.[1]?.[0];
  if (
    resource.Type === "AWS::CloudFormation::Stack" &&
    property === "TemplateURL" &&
    url === "https://s3."
  ) {
    resource.Properties.TemplateURL = file;
    delete resource.Metadata["aws:asset:path"];
    delete resource.Metadata["aws:asset:property"];
  }
}

function dropIfEmpty(object, key) {
  if (Object.keys(object[key]).length === 0) {
    delete object[key];
  }
}

/**
 * The differences between what depotc wrote and what CDK synthesised, one line each: the path, then both values.
 * Objects have no order, lists have one, `DependsOn` of a resource is a set.
 *
 * @param {object} cfn depotc's template
 * @param {object} cdk the synthesised template, without bookkeeping
 * @returns {string[]}
 */
export function differences(cfn, cdk) {
  const found = [];
  walk(dependenciesAsSets(cfn), dependenciesAsSets(cdk), "", found);
  return found;
}

function dependenciesAsSets(template) {
  const copy = structuredClone(template);
  for (const resource of Object.values(copy.Resources ?? {})) {
    if (resource?.DependsOn !== undefined) {
      resource.DependsOn = [...new Set([resource.DependsOn].flat())].sort();
    }
  }
  return copy;
}

function walk(cfn, cdk, path, found) {
  if (Array.isArray(cfn) && Array.isArray(cdk)) {
    walkLists(cfn, cdk, path, found);
  } else if (isObject(cfn) && isObject(cdk)) {
    for (const key of [
      ...new Set([...Object.keys(cfn), ...Object.keys(cdk)]),
    ].sort()) {
      walk(cfn[key], cdk[key], `${path}/${key}`, found);
    }
  } else if (cfn !== cdk) {
    const from = commonStart(cfn, cdk);
    found.push(
      `${path || "/"}: cfn has ${show(cfn, from)}, cdk has ${show(cdk, from)}`,
    );
  }
}

/** Where long texts begin to differ, a little before it; 0 for anything else. */
function commonStart(cfn, cdk) {
  if (typeof cfn !== "string" || typeof cdk !== "string") {
    return 0;
  }
  let at = 0;
  while (at < cfn.length && cfn[at] === cdk[at]) {
    at++;
  }
  return Math.max(0, at - CONTEXT);
}

function walkLists(cfn, cdk, path, found) {
  for (let i = 0; i < Math.max(cfn.length, cdk.length); i++) {
    walk(cfn[i], cdk[i], `${path}/${i}`, found);
  }
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value, from) {
  if (value === undefined) {
    return "nothing";
  }
  const rest = from > 0 ? value.slice(from) : value;
  const text = JSON.stringify(rest);
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return from > 0 ? `…${shown}` : shown;
}
