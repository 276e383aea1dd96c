import {
  Dataset,
  DatasetPermission,
  Environment,
  Executor,
  Location,
  Package,
} from "@stage-tech/depot-cdk";
import { DatasetExecutorPurpose } from "@stage-tech/depot-cdk/dist/stage-depot-dataset";
import { Migrations, Schemas } from "@stage-tech/depot-package-common";
import { Aws, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

const TOPIC = "arn:aws:sns:eu-west-1:111122223333:orders";
const ROLE = "arn:aws:iam::111122223333:role/publisher";

/** Datasets with every property. */
export class DatasetsStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const environment = new Environment(this, "Environment", {
      account: { name: "retail", id: Aws.ACCOUNT_ID },
      name: "datasets",
    });
    const users = new Location.Cognito(this, "Users", {
      environment,
      name: "users",
      region: "eu-west-1",
      userPoolId: "eu-west-1_a1b2c3d4e",
      clientId: "4example23456789",
      roleArn: ROLE,
    });
    const pkg = new Package(this, "Model", {
      name: "orders.model",
      version: "1.4.0",
      schemas: Schemas.fromYamlFiles(["./schemas/orders", "./schemas/common"]),
      migrations: Migrations.fromYamlFiles(["./migrations"]),
    });
    const hot = new Location.DynamoDB(this, "Hot", {
      environment,
      name: "hot",
    });
    this.orders(environment, hot, pkg, users);
    this.lake(environment, pkg);
  }

  private orders(
    environment: Environment,
    location: Location.DynamoDB,
    pkg: Package,
    users: Location.Cognito,
  ): void {
    const executor = new Executor.Default(this, "Standard", {
      environment,
      name: "standard",
    });
    new Dataset(this, "Orders", {
      environment,
      name: "orders",
      location,
      package: pkg,
      executors: [
        {
          purposes: [
            DatasetExecutorPurpose.API,
            DatasetExecutorPurpose.DEPLOYMENT,
            DatasetExecutorPurpose.ROLLUP,
            DatasetExecutorPurpose.TRANSACTION,
            DatasetExecutorPurpose.REPLICATION,
          ],
          executor,
        },
      ],
      auth: { cognito: users.cognitoAuth, iam: { principals: [ROLE] } },
      migrationOptions: {
        migrateMaterializedViews: true,
        triggerSeeding: true,
        migrationMode: {
          type: "asynchronous",
          eventBusArn: "arn:aws:events:eu-west-1:111122223333:event-bus/depot",
          customEventBinding: true,
        },
      },
      notifications: { enabled: true, topicArn: TOPIC, roleArn: ROLE },
      subscriptions: {
        enabled: true,
        topicArn: TOPIC,
        roleArn: ROLE,
        subscriptions: [
          {
            schemas: ["Order"],
            filter: "status == 'OPEN'",
            operations: ["CREATE", "UPDATE"],
            context: { costCentre: "retail" },
          },
        ],
        subscriptionsSchema: "OrderSubscription",
      },
      permissions: {
        create: DatasetPermission.authenticated,
        read: DatasetPermission.anonymous,
        update: DatasetPermission.callerWithClaim("role", "editor"),
        delete: DatasetPermission.none,
      },
      additionalSchemas: { "orders.Note": { type: "object", properties: {} } },
      seeding: { fromFile: "seed.json" },
    });
  }

  private lake(environment: Environment, pkg: Package): void {
    const location = new Location.S3Tables(this, "Lake", {
      environment,
      name: "lake",
    });
    new Dataset(this, "Events", {
      environment,
      name: "events",
      location,
      package: pkg,
      s3tables: { namespaceManagement: "EXTERNAL", namespaceName: "events" },
      migrationOptions: {
        disabled: true,
        migrationMode: { type: "synchronous" as const },
      },
      permissions: {
        read: DatasetPermission.withExpression("caller.id == this.owner"),
        update: DatasetPermission.callerWithCognitoGroup("editors"),
      },
    });
    new Dataset(this, "Clicks", {
      environment,
      name: "clicks",
      location,
      package: pkg,
      s3tables: {},
      auth: {
        cognito: {
          userPoolId: "eu-west-1_a1b2c3d4e",
          clientId: "4example23456789",
        },
      },
    });
  }
}
