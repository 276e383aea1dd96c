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
import { TransactionRequest } from "@stage-tech/depot-schema";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { SfnStateMachine } from "aws-cdk-lib/aws-events-targets";
import {
  Chain,
  DefinitionBody,
  JsonPath,
  StateMachine,
} from "aws-cdk-lib/aws-stepfunctions";
import {
  CfnOutput,
  CfnParameter,
  Fn,
  Stack,
  StackProps,
} from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class EverythingStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const bus = new CfnParameter(this, "Bus", {
      allowedPattern:
        "^arn:aws[a-z-]*:events:[a-z0-9-]+:[0-9]{12}:event-bus/.+$",
      constraintDescription: "must be a value of arn.events.bus",
    });

    const role = new CfnParameter(this, "Role", {
      allowedPattern: "^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$",
      constraintDescription: "must be a value of arn.iam.role",
    });

    const environment = new Environment(this, "Environment", {
      account: { name: "r", id: "123456789012" },
      name: "everything",
      idPrefix: "ev-",
      useSharedVpc: "main-vpc",
      deployBastionHost: true,
      frontend: { taskSize: StageDepotApplicationTaskSize.LARGE },
      opsAlarms: {
        enabled: true,
        slackWorkspaceId: "T123ABC",
        slackAlertsChannelId: "C123ABC",
      },
    });

    const api = new Gateway.API(this, "Api", {
      environment,
      firewall: {},
    });

    const def = new Executor.Default(this, "Def", {
      environment,
      name: "def",
    });

    const aurora = new Location.Aurora(this, "Aurora", {
      environment,
      name: "aurora",
      cluster: {
        engineVersion: "15.3",
        instanceType: "db.r6g.large",
        instances: 2,
        minCapacity: 0.5,
        maxCapacity: 4,
        deletionProtection: true,
      },
      users: ["alice", "bob_1"],
      tags: { "cost-center": "x", team: "retail" },
      defaultExecutor: def,
    });

    const ddb = new Location.DynamoDB(this, "Ddb", {
      environment,
      name: "ddb",
      capacityMode: DynamoDBLocationCapacityMode.PROVISIONED,
      tablePrefix: "p-",
      pointInTimeRecovery: true,
      defaultExecutor: def,
    });

    new Location.Glue(this, "Glue", {
      environment,
      name: "glue",
    });

    const iam = new Gateway.IAM(this, "Iam", {
      environment,
      firewall: {
        ipAddresses: {
          allowed: ["10.0.0.0/8", "2001:db8::/32"],
          blocked: ["192.0.2.1/32"],
        },
        managedRules: [
          StageDepotAwsManagedWafRule.AWSManagedRulesCommonRuleSet,
          StageDepotAwsManagedWafRule.AWSManagedRulesSQLiRuleSet,
        ],
      },
      allowedPrincipals: ["arn:aws:iam::123456789012:role/service/depot"],
    });

    const lake = new Location.S3Tables(this, "Lake", {
      environment,
      name: "lake",
      tableBucketName: "my-lake-bucket",
      removalPolicy: "SNAPSHOT",
      icebergVersion: 2,
      deleteMode: "MERGE_ON_READ",
    });

    const lake2 = new Location.S3Tables(this, "Lake2", {
      environment,
      name: "lake2",
      tableBucketArn: "arn:aws:s3tables:eu-west-1:123456789012:bucket/my-lake",
    });

    const lam = new Gateway.Lambda(this, "Lam", {
      environment,
    });

    const lamd = new Gateway.LambdaData(this, "Lamd", {
      environment,
    });

    const long = new Executor.LongRunning(this, "Long", {
      environment,
      name: "long",
    });

    const es = new Location.ElasticSearch(this, "Es", {
      environment,
      name: "es",
      defaultExecutor: long,
    });

    const inner = new Location.Composite(this, "Inner", {
      environment,
      name: "inner",
      primaryLocation: ddb,
      replicaLocation: es,
    });

    const comp = new Location.Composite(this, "Comp", {
      environment,
      name: "comp",
      primaryLocation: aurora,
      replicaLocation: inner,
      replicationMode: ReplicationMode.IMMEDIATE,
    });

    const p = new Package(this, "P", {
      name: "a.b",
      version: "1.2.3",
      schemas: Schemas.fromYamlFiles(["./s"]),
      migrations: Migrations.fromYamlFiles(["./m"]),
    });

    const b = new Dataset(this, "B", {
      environment,
      name: "b",
      location: lake,
      package: p,
      s3tables: { namespaceName: "b_ns", namespaceManagement: "MANAGED" },
    });

    new Dataset(this, "D", {
      environment,
      name: "d",
      location: lake2,
      package: p,
      s3tables: {},
    });

    new Location.Snowflake(this, "Sf2", {
      environment,
      name: "sf2",
      accountId: "AB12345",
      region: "eu-west-1",
      warehouse: "WH",
      credentialsSecretArn:
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:sf-AbCdEf",
      roleArn: role.valueAsString,
    });

    const sfx = new Executor.Snowflake(this, "Sfx", {
      environment,
      name: "sfx",
      credentials: {
        credentialsSecretArn:
          "arn:aws:secretsmanager:eu-west-1:123456789012:secret:sf-AbCdEf",
        accountId: "AB12345",
        region: "eu-west-1",
      },
      warehouse: SnowflakeWarehouse.depotManaged({
        name: "WH",
        size: "XSMALL",
        autoSuspendSeconds: 60,
      }),
    });

    const sf = new Location.Snowflake(this, "Sf", {
      environment,
      name: "sf",
      accountId: "AB12345",
      region: "eu-west-1",
      warehouse: "WH",
      credentialsSecretArn:
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:sf-AbCdEf",
      roleArn: "unused",
      createEntities: true,
      writable: false,
      dataLocations: ["orders-landing/daily", "orders-landing"],
      defaultExecutor: sfx,
    });

    new Executor.Snowflake(this, "Sfy", {
      environment,
      name: "sfy",
      credentials: {
        credentialsSecretArn:
          "arn:aws:secretsmanager:eu-west-1:123456789012:secret:sf-AbCdEf",
        accountId: "AB12345",
        region: "eu-west-1",
      },
      warehouse: { name: "BY_HAND", size: "LARGE" },
    });

    const users = new Location.Cognito(this, "Users", {
      environment,
      name: "users",
      region: "eu-west-1",
      userPoolId: "eu-west-1_AbCd",
      clientId: "abc",
      roleArn: "arn:aws:iam::123456789012:role/service/depot",
    });

    const a = new Dataset(this, "A", {
      environment,
      name: "a",
      location: comp,
      package: p,
      executors: [
        {
          purposes: [
            DatasetExecutorPurpose.API,
            DatasetExecutorPurpose.DEPLOYMENT,
            DatasetExecutorPurpose.ROLLUP,
            DatasetExecutorPurpose.TRANSACTION,
            DatasetExecutorPurpose.REPLICATION,
          ],
          executor: def,
        },
      ],
      auth: {
        cognito: users.cognitoAuth,
        iam: {
          principals: [
            "arn:aws:iam::123456789012:role/service/depot",
            "arn:aws:iam::123456789012:root",
          ],
        },
      },
      migrationOptions: {
        disabled: false,
        migrateMaterializedViews: true,
        triggerSeeding: false,
        migrationMode: {
          type: "asynchronous",
          eventBusArn: bus.valueAsString,
          customEventBinding: false,
        },
      },
      notifications: {
        enabled: true,
        topicArn: "arn:aws:sns:eu-west-1:123456789012:changes.fifo",
        roleArn: "arn:aws:iam::123456789012:role/service/depot",
      },
      subscriptions: {
        enabled: false,
        topicArn: "arn:aws:sns:eu-west-1:123456789012:changes.fifo",
        roleArn: "arn:aws:iam::123456789012:role/service/depot",
        subscriptions: [
          {
            schemas: ["X"],
            filter: "a == 1",
            operations: ["CREATE", "UPDATE", "DELETE", "REFRESH"],
            context: "any",
          },
        ],
        subscriptionsSchema: "Sub",
      },
      permissions: {
        create: DatasetPermission.callerWithClaim("c", "v"),
        read: DatasetPermission.anonymous,
        update: DatasetPermission.withExpression("this.owner == caller.id"),
        delete: DatasetPermission.callerWithCognitoGroup("admins"),
      },
      additionalSchemas: { Foo: { type: "object" } },
      seeding: { from: "x" },
    });

    const c = new Dataset(this, "C", {
      environment,
      name: "c",
      location: sf,
      package: p,
      migrationOptions: { migrationMode: { type: "synchronous" } },
    });
    c.node.addDependency(a, b);

    const t1 = environment.runTransaction(this, "T1", {
      datasetId: a.datasetId,
      actions: [
        {
          operation: "UPSERT",
          locationUri: "s3://b/x.json",
          format: TransactionRequest.Format.JSON,
          target: "Order",
        },
      ],
      resultPath: JsonPath.DISCARD,
    });

    const t2 = environment.runTransaction(this, "T2", {
      datasetId: c.datasetId,
      actions: [
        {
          operation: "MERGE",
          source: "S",
          target: "T",
          query: "select 1",
          arguments: { a: 1, b: [true] },
          sourceDatasetId: a.datasetId,
        },
        {
          operation: "DELETE",
          format: TransactionRequest.Format.CSV,
          columnOrder: ["a", "b"],
        },
      ],
      resultPath: "$.x",
    });

    const nightly = new StateMachine(this, "Nightly", {
      stateMachineName: "nightly",
      definitionBody: DefinitionBody.fromChainable(Chain.start(t1).next(t2)),
    });
    new Rule(nightly, "Schedule", {
      schedule: Schedule.expression("cron(0 2 * * ? *)"),
      targets: [new SfnStateMachine(nightly)],
    });

    const t3 = environment.runTransaction(this, "T3", {
      datasetId: c.datasetId,
      actions: [
        {
          operation: "REFRESH",
          format: TransactionRequest.Format.PARQUET,
          target: "V",
        },
      ],
    });

    new StateMachine(this, "Manual", {
      stateMachineName: "by-hand",
      definitionBody: DefinitionBody.fromChainable(Chain.start(t3)),
    });

    const ws = new Gateway.WebSocket(this, "Ws", {
      environment,
    });

    new CfnOutput(this, "E", {
      value: environment.environmentId,
    });

    new CfnOutput(this, "X", {
      value: Fn.join(",", [
        api.url,
        iam.url,
        ws.url,
        lam.gatewayId,
        lamd.gatewayId,
      ]),
    });

    new CfnOutput(this, "Y", {
      value: nightly.stateMachineArn,
    });
  }
}
