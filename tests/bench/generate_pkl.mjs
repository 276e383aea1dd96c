// The big program of generate.mjs in Pkl: the same resources, each written out.

import { members, pad } from "./generate.mjs";

/** What a team would write once. */
const prelude = `// The logical id of a construct path, as CDK computes it.
local function logical(id: String): String = id + "\\(id)/Resource".md5.toUpperCase().take(8)
local environmentId = "Environment78414C64"
local serviceToken = new Dynamic {
  ["Fn::Join"] = List("", List(
    "arn:", new Dynamic { Ref = "AWS::Partition" }, ":lambda:", new Dynamic { Ref = "AWS::Region" }, ":",
    new Dynamic { Ref = "AWS::AccountId" }, ":function:sdp-bootstrap-resource"
  ))
}
local function custom(type: String, properties: Dynamic): Dynamic = new {
  Type = "Custom::\\(type)"
  Properties = (properties) { ServiceToken = serviceToken }
  DeletionPolicy = "Delete"
  UpdateReplacePolicy = "Delete"
}
local function ref(name: String): Dynamic = new { Ref = logical(name) }
`;

const kinds = [
  (g) => `    [logical("Hot${g}")] = custom("Location", new Dynamic {
      LocationType = "dynamodb"
      LocationName = "hot-${g}"
      EnvironmentId { Ref = environmentId }
      Enabled = true
      LocationProps { CapacityMode = "ONDEMAND" PointInTimeRecovery = true }
    })
`,
  (g) => `    [logical("Search${g}")] = custom("Location", new Dynamic {
      LocationType = "elasticsearch"
      LocationName = "search-${g}"
      EnvironmentId { Ref = environmentId }
      Enabled = true
      LocationProps {}
    })
`,
  (g) => `    [logical("Tiered${g}")] = custom("Location", new Dynamic {
      LocationType = "composite"
      LocationName = "tiered-${g}"
      EnvironmentId { Ref = environmentId }
      Enabled = true
      LocationProps {
        PrimaryLocation = ref("Hot${g}")
        ReplicaLocation = ref("Search${g}")
        ReplicationMode = "IMMEDIATE"
      }
    })
`,
  (g) => `    [logical("Model${g}")] = custom("Package", new Dynamic {
      PackageName = "model-${g}"
      PackageVersion = "1.4.0"
      Schemas = List("@retail/schemas-${g}")
    })
`,
  (g) => `    [logical("Orders${g}")] = custom("Dataset", new Dynamic {
      DatasetName = "orders-${g}"
      EnvironmentId { Ref = environmentId }
      LocationId = ref("Tiered${g}")
      PackageId = ref("Model${g}")
      Enabled = true
      DatasetProps {}
    })
`,
];

function environment(e, count) {
  let text = `local bench${e} = new Dynamic {
  Resources {
    [environmentId] = custom("Environment", new Dynamic {
      EnvironmentName = "bench${e}"
      AccountName = "retail"
      AccountId { Ref = "AWS::AccountId" }
      EnvironmentProps {}
    })
`;
  for (const { kind, group } of members(count - 1)) {
    text += kinds[kind](group);
  }
  return `${text}  }
}
`;
}

/** The text of the program of `environments` environments with `count` resources each. */
export function pklProgram(environments, count) {
  let text = prelude;
  let files = "";
  for (let e = 0; e < environments; e++) {
    text += environment(pad(e), count);
    files += `    ["bench${pad(e)}.template.json"] { value = bench${pad(e)} renderer = new JsonRenderer {} }\n`;
  }
  return `${text}output {\n  files {\n${files}  }\n}\n`;
}
