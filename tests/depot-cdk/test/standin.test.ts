import * as depot from "@stage-tech/depot-cdk";
import * as dataset from "@stage-tech/depot-cdk/dist/stage-depot-dataset";
import { Packages, Schemas } from "@stage-tech/depot-package-common";
import { Template } from "aws-cdk-lib/assertions";
import { App, Stack } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { DatasetsStack } from "./datasets";
import { GatewaysStack } from "./gateways";
import { PipelineStack } from "./pipeline";
import { SharedStack } from "./shared";
import { StorageStack } from "./storage";

type Resource = {
  Type: string;
  Properties: { [key: string]: unknown };
  DependsOn?: string[];
};

function synthesise(
  Type: new (scope: Construct, id: string) => Stack,
): Map<string, Resource> {
  // The flags of `cdk init`, as the projects have them.
  const flags: { [key: string]: unknown } = JSON.parse(
    fs.readFileSync(
      require.resolve("aws-cdk-lib/recommended-feature-flags.json"),
      "utf8",
    ),
  );
  const stack = new Type(new App({ context: flags }), "stack");
  const { Resources } = Template.fromStack(stack).toJSON();
  return new Map(Object.entries(Resources as { [id: string]: Resource }));
}

/** The properties of the resource below a construct, without the service token. */
function properties(
  resources: Map<string, Resource>,
  id: string,
): { [key: string]: unknown } {
  const name = [...resources.keys()].find(
    (key) => key.replace(/[0-9A-F]{8}$/, "") === id,
  );
  assert.ok(name, `there is no ${id}`);
  const rest = { ...resources.get(name)?.Properties };
  delete rest["ServiceToken"];
  return rest;
}

const ENVIRONMENT = { Ref: "Environment78414C64" };

test("the service token names the bootstrap function of this account and region", () => {
  const resource = synthesise(PipelineStack).get("Environment78414C64");
  assert.deepEqual(resource?.Properties["ServiceToken"], {
    "Fn::Join": [
      "",
      [
        "arn:",
        { Ref: "AWS::Partition" },
        ":lambda:",
        { Ref: "AWS::Region" },
        ":",
        { Ref: "AWS::AccountId" },
        ":function:sdp-bootstrap-resource",
      ],
    ],
  });
});

test("an environment keeps what was written", () => {
  const resources = synthesise(StorageStack);
  assert.deepEqual(properties(resources, "Environment"), {
    EnvironmentName: "retail-data",
    AccountName: "retail",
    AccountId: { Ref: "AWS::AccountId" },
    EnvironmentProps: {
      IdPrefix: "rtl-",
      UseSharedVpc: "shared-vpc",
      DeployBastionHost: true,
      Frontend: { TaskSize: "SMALL" },
      OpsAlarms: {
        Enabled: true,
        SlackWorkspaceId: "T0123456789",
        SlackAlertsChannelId: "C0123456789",
      },
    },
  });
});

test("a location has the documented shape", () => {
  const resources = synthesise(StorageStack);
  assert.deepEqual(properties(resources, "OtherLake"), {
    LocationType: "s3tables",
    LocationName: "other-lake",
    EnvironmentId: ENVIRONMENT,
    Enabled: true,
    LocationProps: {
      TableBucketArn: "arn:aws:s3tables:eu-west-1:111122223333:bucket/other",
    },
  });
  const types = [...resources.values()]
    .filter((resource) => resource.Type === "Custom::Location")
    .map((resource) => resource.Properties["LocationType"]);
  assert.deepEqual(types.sort(), [
    "aurora",
    "composite",
    "dynamodb",
    "dynamodb",
    "elasticsearch",
    "glue",
    "iceberg",
    "s3tables",
    "s3tables",
    "snowflake",
  ]);
});

test("a composite location refers to both of its own", () => {
  const { LocationProps } = properties(synthesise(StorageStack), "Tiered") as {
    LocationProps: { [key: string]: { Ref: string } };
  };
  assert.match(LocationProps["PrimaryLocation"]?.Ref ?? "", /^Hot/);
  assert.match(LocationProps["ReplicaLocation"]?.Ref ?? "", /^Search/);
});

test("keys of maps stay, properties become Pascal case", () => {
  const { LocationProps } = properties(synthesise(StorageStack), "Ledger");
  assert.deepEqual(LocationProps, {
    Cluster: {
      EngineVersion: "15.3",
      MinCapacity: 0.5,
      MaxCapacity: 4,
      DeletionProtection: true,
    },
    Users: ["analyst"],
    Tags: { costCentre: "retail" },
  });
});

test("a location without a name has no LocationName", () => {
  const warehouse = properties(synthesise(StorageStack), "Warehouse");
  assert.ok(!("LocationName" in warehouse));
});

test("a warehouse says how it comes about", () => {
  const resources = synthesise(StorageStack);
  const warehouse = (id: string): unknown =>
    (properties(resources, id)["ExecutorProps"] as { Warehouse: unknown })
      .Warehouse;
  assert.deepEqual(warehouse("Existing"), {
    Type: "EXISTING",
    Name: "RETAIL_WH",
  });
  assert.deepEqual(warehouse("Managed"), {
    Type: "DEPOT_MANAGED",
    Name: "DEPOT_WH",
    Size: "SMALL",
  });
  assert.deepEqual(warehouse("ByHand"), {
    Type: "CUSTOM",
    Name: "HAND_WH",
    AutoSuspendSeconds: 60,
  });
});

test("gateways keep their firewall, an empty one too", () => {
  const resources = synthesise(GatewaysStack);
  const settings = (id: string): unknown =>
    properties(resources, id)["GatewayProps"];
  assert.deepEqual(settings("Open"), { Firewall: {} });
  assert.deepEqual(settings("Live"), {});
  assert.deepEqual(settings("Office"), {
    Firewall: {
      IpAddresses: {
        Allowed: ["198.51.100.0/24"],
        Blocked: ["203.0.113.7/32"],
      },
      ManagedRules: [
        "AWSManagedRulesCommonRuleSet",
        "AWSManagedRulesKnownBadInputsRuleSet",
      ],
    },
  });
});

test("a dataset refers to what it is made of", () => {
  const resources = synthesise(DatasetsStack);
  const { DatasetProps, ...rest } = properties(resources, "Orders");
  assert.deepEqual(Object.keys(rest), [
    "DatasetName",
    "EnvironmentId",
    "LocationId",
    "PackageId",
    "Enabled",
  ]);
  const props = DatasetProps as { [key: string]: unknown };
  assert.deepEqual(props["Permissions"], {
    Create: "authenticated",
    Read: "anonymous",
    Update: { Level: "callerWithClaim", Claim: "role", Value: "editor" },
    Delete: "none",
  });
  assert.deepEqual(props["AdditionalSchemas"], {
    "orders.Note": { type: "object", properties: {} },
  });
  assert.deepEqual(props["Auth"], {
    Cognito: {
      Region: "eu-west-1",
      RoleArn: "arn:aws:iam::111122223333:role/publisher",
      UserPoolId: "eu-west-1_a1b2c3d4e",
      ClientId: "4example23456789",
    },
    Iam: { Principals: ["arn:aws:iam::111122223333:role/publisher"] },
  });
});

test("a package names its files", () => {
  assert.deepEqual(properties(synthesise(DatasetsStack), "Model"), {
    PackageName: "orders.model",
    PackageVersion: "1.4.0",
    Schemas: ["./schemas/orders", "./schemas/common"],
    Migrations: ["./migrations"],
  });
});

test("a pipeline is a state machine with a role, a rule and its role", () => {
  const resources = synthesise(PipelineStack);
  const types = [...resources].filter(([id]) => id.startsWith("Nightly"));
  assert.deepEqual(
    types.map(([, resource]) => resource.Type),
    [
      "AWS::IAM::Role",
      "AWS::IAM::Policy",
      "AWS::StepFunctions::StateMachine",
      "AWS::IAM::Role",
      "AWS::IAM::Policy",
      "AWS::Events::Rule",
    ],
  );
});

test("an imported environment makes no resource", () => {
  const resources = synthesise(SharedStack);
  assert.deepEqual(
    properties(resources, "Team")["EnvironmentId"],
    "shared-12345678",
  );
  assert.ok(
    ![...resources.values()].some((r) => r.Type === "Custom::Environment"),
  );
});

test("what the documentation refuses is refused", () => {
  const stack = new Stack();
  const account = { name: "retail", id: "111122223333" };
  for (const idPrefix of ["ab", "abcdefghijk", "ABC", "a_c"]) {
    assert.throws(
      () =>
        new depot.Environment(stack, idPrefix, {
          account,
          name: "x",
          idPrefix,
        }),
      /idPrefix/,
    );
  }
  const environment = new depot.Environment(stack, "E", { account, name: "e" });
  assert.throws(
    () =>
      new depot.Location.S3Tables(stack, "Lake", {
        environment,
        name: "lake",
        tableBucketArn: "arn:aws:s3tables:eu-west-1:111122223333:bucket/x",
        tableBucketName: "x",
      }),
    /exclude each other/,
  );
  assert.throws(
    () =>
      new depot.Location.Snowflake(stack, "Sf", {
        environment,
        accountId: "AB12345",
        region: "eu-west-1",
        warehouse: "WH",
        credentialsSecretArn: "x",
        dataLocations: ["s3://bucket/key"],
      }),
    /s3:\/\//,
  );
});

test("ids are references", () => {
  const stack = new Stack();
  const environment = depot.Environment.fromEnvironmentProps(stack, "E", {
    accountId: "111122223333",
    environmentId: "shared-1",
  });
  const executor = new depot.Executor.Default(stack, "X", {
    environment,
    name: "x",
  });
  const pkg = new depot.Package(stack, "P", {
    name: "p",
    version: "1.0.0",
    schemas: Schemas.fromYamlFiles("./schemas"),
  });
  const ref = (token: string): unknown => stack.resolve(token);
  assert.match(
    JSON.stringify(ref(executor.executorId)),
    /^\{"Ref":"X[0-9A-F]{8}"\}$/,
  );
  assert.match(
    JSON.stringify(ref(pkg.packageId)),
    /^\{"Ref":"P[0-9A-F]{8}"\}$/,
  );
});

test("packages for tests merge their schemas", () => {
  const additionalSchemas = { "orders.Note": { type: "object" } };
  const pkg = Packages.depotPackage({
    schemaDir: ["./schemas"],
    additionalSchemas,
  });
  assert.deepEqual(pkg.mergedSchemas, additionalSchemas);
});

test("both modules export the same purposes", () => {
  assert.equal(depot.DatasetExecutorPurpose, dataset.DatasetExecutorPurpose);
});

test("the programs use every class and enumeration that is exported", () => {
  const folder = __dirname;
  const text = fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => fs.readFileSync(path.join(folder, name), "utf8"))
    .join("\n");
  const names = Object.keys(depot).flatMap((name) =>
    ["Location", "Executor", "Gateway"].includes(name)
      ? Object.keys(depot[name as "Location"]).map((type) => `${name}.${type}`)
      : [name],
  );
  const unused = names.filter((name) => !text.includes(name));
  assert.deepEqual(unused, ["RunTransaction"]);
});
