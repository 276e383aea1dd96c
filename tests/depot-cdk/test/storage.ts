import {
  DynamoDBLocationCapacityMode,
  Environment,
  EnvironmentProps,
  Executor,
  Location,
  ReplicationMode,
  SnowflakeWarehouse,
  StageDepotApplicationTaskSize,
} from "@stage-tech/depot-cdk";
import { Aws, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

const SECRET =
  "arn:aws:secretsmanager:eu-west-1:111122223333:secret:warehouse-AbCdEf";

/** An environment with all its settings, every location and every executor. */
export class StorageStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const settings: EnvironmentProps = {
      account: { name: "retail", id: Aws.ACCOUNT_ID },
      name: "retail-data",
      idPrefix: "rtl-",
      useSharedVpc: "shared-vpc",
      deployBastionHost: true,
      frontend: { taskSize: StageDepotApplicationTaskSize.SMALL },
      opsAlarms: {
        enabled: true,
        slackWorkspaceId: "T0123456789",
        slackAlertsChannelId: "C0123456789",
      },
    };
    const environment = new Environment(this, "Environment", settings);
    this.locations(environment);
  }

  private locations(environment: Environment): void {
    const standard = new Executor.Default(this, "Standard", {
      environment,
      name: "standard",
    });
    new Executor.LongRunning(this, "Nightly", { environment, name: "nightly" });
    const hot = new Location.DynamoDB(this, "Hot", {
      environment,
      name: "hot",
      capacityMode: DynamoDBLocationCapacityMode.ONDEMAND,
      tablePrefix: "hot",
      pointInTimeRecovery: true,
      defaultExecutor: standard,
    });
    new Location.DynamoDB(this, "Steady", {
      environment,
      name: "steady",
      capacityMode: DynamoDBLocationCapacityMode.PROVISIONED,
    });
    const search = new Location.ElasticSearch(this, "Search", {
      environment,
      name: "search",
    });
    new Location.Composite(this, "Tiered", {
      environment,
      name: "tiered",
      primaryLocation: hot,
      replicaLocation: search,
      replicationMode: ReplicationMode.IMMEDIATE,
    });
    new Location.Glue(this, "Athena", { environment, name: "athena" });
    new Location.Iceberg(this, "Old", { environment, name: "old" });
    this.tables(environment);
    this.snowflake(environment);
  }

  private tables(environment: Environment): void {
    new Location.S3Tables(this, "Lake", {
      environment,
      name: "lake",
      tableBucketName: "retail-lake",
      removalPolicy: "RETAIN",
      icebergVersion: 3,
      deleteMode: "COPY_ON_WRITE",
    });
    new Location.S3Tables(this, "OtherLake", {
      environment,
      name: "other-lake",
      tableBucketArn: "arn:aws:s3tables:eu-west-1:111122223333:bucket/other",
    });
    new Location.Aurora(this, "Ledger", {
      environment,
      name: "ledger",
      cluster: {
        engineVersion: "15.3",
        minCapacity: 0.5,
        maxCapacity: 4,
        deletionProtection: true,
      },
      users: ["analyst"],
      tags: { costCentre: "retail" },
    });
  }

  private snowflake(environment: Environment): void {
    new Location.Snowflake(this, "Warehouse", {
      environment,
      accountId: "AB12345",
      region: "eu-west-1",
      warehouse: "RETAIL_WH",
      credentialsSecretArn: SECRET,
      roleArn: "unused",
      createEntities: true,
      writable: false,
      dataLocations: ["retail-landing/orders"],
    });
    const credentials = {
      credentialsSecretArn: SECRET,
      accountId: "AB12345",
      region: "eu-west-1",
    };
    new Executor.Snowflake(this, "Existing", {
      environment,
      name: "existing",
      credentials,
      warehouse: SnowflakeWarehouse.existing("RETAIL_WH"),
    });
    new Executor.Snowflake(this, "Managed", {
      environment,
      name: "managed",
      credentials,
      warehouse: SnowflakeWarehouse.depotManaged({
        name: "DEPOT_WH",
        size: "SMALL",
      }),
    });
    new Executor.Snowflake(this, "ByHand", {
      environment,
      name: "by-hand",
      credentials,
      warehouse: { name: "HAND_WH", autoSuspendSeconds: 60 },
    });
  }
}
