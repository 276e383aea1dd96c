// Written by depotc from the .depot source; changes belong there.
import {
  Dataset,
  DatasetPermission,
  Environment,
  Executor,
  Location,
  Package,
} from "@stage-tech/depot-cdk";
import { DatasetExecutorPurpose } from "@stage-tech/depot-cdk/dist/stage-depot-dataset";
import { Schemas } from "@stage-tech/depot-package-common";
import {
  Aws,
  CfnOutput,
  CfnParameter,
  Stack,
  StackProps,
} from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class EStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const topicArn = new CfnParameter(this, "TopicArn", {
      allowedPattern:
        "^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+([.]fifo)?$",
      constraintDescription: "must be a value of arn.sns.topic",
    });

    const environment = new Environment(this, "Environment", {
      account: { name: "a", id: Aws.ACCOUNT_ID },
      name: "e",
    });

    const lake = new Location.S3Tables(this, "Lake", {
      environment,
      name: "lake",
    });

    const long = new Executor.LongRunning(this, "Long", {
      environment,
      name: "long",
    });

    const model = new Package(this, "Model", {
      name: "model",
      version: "1.0.0",
      schemas: Schemas.fromYamlFiles(["./s"]),
    });

    new Dataset(this, "External", {
      environment,
      name: "external",
      location: lake,
      package: model,
      s3tables: { namespaceName: "theirs", namespaceManagement: "EXTERNAL" },
    });

    new Dataset(this, "Managed", {
      environment,
      name: "managed",
      location: lake,
      package: model,
      s3tables: {},
    });

    new Dataset(this, "Renamed", {
      environment,
      name: "renamed",
      location: lake,
      package: model,
      s3tables: { namespaceName: "other", namespaceManagement: "MANAGED" },
    });

    const runner = new Executor.Default(this, "Runner", {
      environment,
      name: "runner",
    });

    const store = new Location.DynamoDB(this, "Store", {
      environment,
      name: "store",
    });

    new Dataset(this, "Disabled", {
      environment,
      name: "disabled",
      location: store,
      package: model,
      migrationOptions: { disabled: true },
    });

    const full = new Dataset(this, "Full", {
      environment,
      name: "demo.full",
      location: store,
      package: model,
      executors: [
        {
          purposes: [
            DatasetExecutorPurpose.API,
            DatasetExecutorPurpose.DEPLOYMENT,
            DatasetExecutorPurpose.ROLLUP,
          ],
          executor: runner,
        },
        {
          purposes: [
            DatasetExecutorPurpose.TRANSACTION,
            DatasetExecutorPurpose.REPLICATION,
          ],
          executor: long,
        },
      ],
      auth: {
        cognito: { userPoolId: "eu-west-1_abc", clientId: "c" },
        iam: { principals: ["arn:aws:iam::123456789012:role/admin"] },
      },
      migrationOptions: {
        migrateMaterializedViews: true,
        triggerSeeding: false,
        migrationMode: {
          type: "asynchronous",
          eventBusArn: "arn:aws:events:eu-west-1:123456789012:event-bus/b",
          customEventBinding: true,
        },
      },
      notifications: {
        enabled: true,
        topicArn: topicArn.valueAsString,
        roleArn: "arn:aws:iam::123456789012:role/p",
      },
      subscriptions: {
        enabled: true,
        topicArn: topicArn.valueAsString,
        roleArn: "arn:aws:iam::123456789012:role/p",
        subscriptions: [
          {
            schemas: ["Order"],
            filter: "total > 1",
            operations: ["CREATE", "UPDATE", "DELETE", "REFRESH"],
            context: { someKey: [1, { otherKey: true }] },
          },
          {},
        ],
        subscriptionsSchema: "Watch",
      },
      permissions: {
        create: DatasetPermission.anonymous,
        read: DatasetPermission.authenticated,
        update: DatasetPermission.callerWithClaim("role", "admin"),
        delete: DatasetPermission.none,
      },
      additionalSchemas: {
        "demo.Thing": { properties: { lowerCase: "string" }, type: "object" },
      },
      seeding: { someKey: { nestedKey: 1 } },
    });

    new Dataset(this, "Least", {
      environment,
      name: "least",
      location: store,
      package: model,
    });

    new Dataset(this, "Permitted", {
      environment,
      name: "permitted",
      location: store,
      package: model,
      auth: { cognito: { userPoolId: "eu-west-1_abc", clientId: "c" } },
      permissions: {
        read: DatasetPermission.withExpression("this.owner.id == caller.id"),
        update: DatasetPermission.callerWithCognitoGroup("admins"),
      },
    });

    new Dataset(this, "Synchronous", {
      environment,
      name: "synchronous",
      location: store,
      package: model,
      migrationOptions: { migrationMode: { type: "synchronous" } },
    });

    new Location.Cognito(this, "Users", {
      environment,
      name: "users",
      userPoolId: "eu-west-1_abc",
      clientId: "c",
    });

    new CfnOutput(this, "Id", {
      value: full.datasetId,
    });
  }
}
