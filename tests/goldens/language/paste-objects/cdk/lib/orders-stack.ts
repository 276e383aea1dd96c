// Written by depotc from the .depot source; changes belong there.
import {
  Dataset,
  DatasetPermission,
  DynamoDBLocationCapacityMode,
  Environment,
  Executor,
  Gateway,
  Location,
  Package,
  ReplicationMode,
  SnowflakeWarehouse,
  StageDepotApplicationTaskSize,
  StageDepotAwsManagedWafRule,
} from "@stage-tech/depot-cdk";
import { DatasetExecutorPurpose } from "@stage-tech/depot-cdk/dist/stage-depot-dataset";
import { Migrations, Schemas } from "@stage-tech/depot-package-common";
import { Aws, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const environment = new Environment(this, "Environment", {
      account: { name: "acct", id: Aws.ACCOUNT_ID },
      name: "demo",
      idPrefix: "demo-",
      useSharedVpc: true,
      frontend: { taskSize: StageDepotApplicationTaskSize.SMALL },
      opsAlarms: {
        enabled: true,
        slackWorkspaceId: "T0123456",
        slackAlertsChannelId: "C0123456",
      },
    });

    new Gateway.API(this, "Api", {
      environment,
      firewall: {
        ipAddresses: {
          allowed: ["203.0.113.0/24"],
          blocked: ["198.51.100.7/32"],
        },
        managedWafRules: [
          StageDepotAwsManagedWafRule.AWSManagedRulesCommonRuleSet,
        ],
      },
    });

    const cognitoLocation = new Location.Cognito(this, "CognitoLocation", {
      environment,
      name: "cognito-location",
      userPoolId: "eu-west-1_abc",
      clientId: "abc",
    });

    const ddb = new Location.DynamoDB(this, "Ddb", {
      environment,
      name: "demo-ddb",
      capacityMode: DynamoDBLocationCapacityMode.ONDEMAND,
    });

    const es = new Location.ElasticSearch(this, "Es", {
      environment,
      name: "es",
    });

    const comp = new Location.Composite(this, "Comp", {
      environment,
      name: "demo-comp",
      primaryLocation: ddb,
      replicaLocation: es,
      replicationMode: ReplicationMode.IMMEDIATE,
    });

    const ex = new Executor.Snowflake(this, "Ex", {
      environment,
      name: "demo-ex",
      credentials: {
        credentialsSecretArn:
          "arn:aws:secretsmanager:eu-west-1:123456789012:secret:x-AbCdEf",
        accountId: "XX00000",
        region: "eu-west-1",
      },
      warehouse: SnowflakeWarehouse.existing("DEMO_WH"),
    });

    const lake = new Location.S3Tables(this, "Lake", {
      environment,
      name: "demo-lake",
      removalPolicy: "DESTROY",
      icebergVersion: 3,
      deleteMode: "COPY_ON_WRITE",
    });

    const pkg = new Package(this, "Pkg", {
      name: "demo.pkg",
      version: "1.0.0",
      schemas: Schemas.fromYamlFiles(["./schemas/demo"]),
      migrations: Migrations.fromYamlFiles(["./migrations"]),
    });

    new Dataset(this, "Ds", {
      environment,
      name: "demo.source",
      location: comp,
      package: pkg,
      executors: [{ purposes: [DatasetExecutorPurpose.API], executor: ex }],
      auth: { cognito: cognitoLocation.cognitoAuth },
      migrationOptions: {
        disabled: false,
        migrateMaterializedViews: true,
        triggerSeeding: true,
        migrationMode: { type: "asynchronous", customEventBinding: true },
      },
      notifications: {
        enabled: true,
        topicArn: "arn:aws:sns:eu-west-1:123456789012:topic",
        roleArn: "arn:aws:iam::123456789012:role/r",
      },
    });

    new Dataset(this, "Ice", {
      environment,
      name: "Ice Cream",
      location: lake,
      package: pkg,
      executors: [{ purposes: [DatasetExecutorPurpose.API], executor: ex }],
      auth: {
        cognito: {
          region: "eu-west-1",
          roleArn: "arn:aws:iam::123456789012:role/r",
          userPoolId: "eu-west-1_abc",
          clientId: "x",
        },
        iam: { principals: ["arn:aws:iam::123456789012:role/r"] },
      },
      s3tables: { namespaceName: "ice", namespaceManagement: "EXTERNAL" },
      subscriptions: {
        enabled: true,
        topicArn: "arn:aws:sns:eu-west-1:123456789012:topic",
        roleArn: "arn:aws:iam::123456789012:role/r",
        subscriptions: [
          {
            schemas: ["A"],
            filter: "x == 1",
            operations: ["CREATE", "DELETE"],
            context: { any: [1, "x"] },
          },
        ],
      },
      permissions: {
        create: DatasetPermission.callerWithClaim("a", "b"),
        read: DatasetPermission.anonymous,
      },
    });

    new Location.Snowflake(this, "Sf", {
      environment,
      name: "sf",
      accountId: "XX00000",
      region: "eu-west-1",
      warehouse: "DEMO_WH",
      credentialsSecretArn:
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:x-AbCdEf",
      roleArn: "unused",
    });

    new Gateway.WebSocket(this, "Ws", {
      environment,
    });
  }
}
