import { CustomResource } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import { FreeForm, depotResource, pascalKeys } from "./depot-resource";
import { IExecutor } from "./executor/executor-base";
import { ILocation } from "./location/location-base";
import { DatasetPermissions } from "./stage-depot-dataset-permission";
import { IStageDepotEnvironment } from "./stage-depot-environment";
import { Package } from "./stage-depot-package";

/** What an executor is used for. documented: deployments-cdk/depot-cdk/dataset, with this module's path. */
export enum DatasetExecutorPurpose {
  /** documented: deployments-cdk/depot-cdk/dataset. */
  API = "API",
  /** documented: deployments-cdk/depot-cdk/dataset. */
  DEPLOYMENT = "DEPLOYMENT",
  /** documented: deployments-cdk/depot-cdk/dataset. */
  ROLLUP = "ROLLUP",
  /** documented: development/guides/auditing/stamping-metadata. */
  TRANSACTION = "TRANSACTION",
  /** inferred: the executors page names the purpose in prose only. */
  REPLICATION = "REPLICATION",
}

/** documented: deployments-cdk/depot-cdk/dataset. */
export interface DatasetExecutor {
  /** documented: deployments-cdk/depot-cdk/dataset. */
  readonly purposes: readonly DatasetExecutorPurpose[];
  /** documented: deployments-cdk/depot-cdk/dataset. */
  readonly executor: IExecutor;
}

/** documented: deployments-cdk/depot-cdk/auth. */
export interface DatasetCognitoAuth {
  /** documented: deployments-cdk/depot-cdk/auth. inferred: may be left out, as a Cognito location may leave it out. */
  readonly region?: string;
  /** documented: deployments-cdk/depot-cdk/auth. inferred: may be left out, as a Cognito location may leave it out. */
  readonly roleArn?: string;
  /** documented: deployments-cdk/depot-cdk/auth. */
  readonly userPoolId: string;
  /** documented: deployments-cdk/depot-cdk/auth. */
  readonly clientId: string;
}

/** documented: deployments-cdk/depot-cdk/auth. */
export interface DatasetAuth {
  /** documented: deployments-cdk/depot-cdk/auth; also the `cognitoAuth` of a Cognito location. */
  readonly cognito?: DatasetCognitoAuth;
  /** documented: deployments-cdk/depot-cdk/auth. */
  readonly iam?: { readonly principals: readonly string[] };
}

/** documented: deployments-cdk/depot-cdk/dataset/migrations. */
export interface SynchronousMigrationMode {
  readonly type: "synchronous";
}

/** documented: deployments-cdk/depot-cdk/dataset/migrations. */
export interface AsynchronousMigrationMode {
  readonly type: "asynchronous";
  /** documented: deployments-cdk/depot-cdk/dataset/migrations; the default event bus if left out. */
  readonly eventBusArn?: string;
  /** documented: deployments-cdk/depot-cdk/dataset/migrations; false if left out. */
  readonly customEventBinding?: boolean;
}

/** documented: deployments-cdk/depot-cdk/dataset/migrations. */
export interface DatasetMigrationOptions {
  /** documented: deployments-cdk/depot-cdk/dataset/migrations. */
  readonly disabled?: boolean;
  /** documented: deployments-cdk/depot-cdk/dataset/migrations; false if left out. */
  readonly migrateMaterializedViews?: boolean;
  /** documented: deployments-cdk/depot-cdk/dataset/migrations; false if left out. */
  readonly triggerSeeding?: boolean;
  /** documented: deployments-cdk/depot-cdk/dataset/migrations; synchronous if left out. */
  readonly migrationMode?: SynchronousMigrationMode | AsynchronousMigrationMode;
}

/** documented: deployments-cdk/depot-cdk/dataset/s3tables-iceberg. */
export interface ManagedS3TablesNamespace {
  /** inferred: the default written out; only EXTERNAL is shown as a literal. */
  readonly namespaceManagement?: "MANAGED";
  /** documented: deployments-cdk/depot-cdk/dataset/s3tables-iceberg; the alias with `_` if left out. */
  readonly namespaceName?: string;
}

/** documented: deployments-cdk/depot-cdk/dataset/s3tables-iceberg. */
export interface ExternalS3TablesNamespace {
  readonly namespaceManagement: "EXTERNAL";
  /** documented: deployments-cdk/depot-cdk/dataset/s3tables-iceberg. inferred: required, as the table shows it. */
  readonly namespaceName: string;
}

/** documented: development/event/notifications. */
export interface DatasetNotifications {
  readonly enabled: boolean;
  readonly topicArn: string;
  readonly roleArn: string;
}

/** documented: development/event/subscriptions. inferred: that one rule is one object, its members optional. */
export interface DatasetSubscription {
  readonly schemas?: readonly string[];
  readonly filter?: string;
  readonly operations?: readonly ("CREATE" | "UPDATE" | "DELETE" | "REFRESH")[];
  readonly context?: unknown;
}

/** documented: development/event/subscriptions. inferred: which members may be left out. */
export interface DatasetSubscriptions {
  readonly enabled: boolean;
  readonly topicArn: string;
  readonly roleArn: string;
  readonly subscriptions?: readonly DatasetSubscription[];
  readonly subscriptionsSchema?: string;
}

/** documented: deployments-cdk/depot-cdk/dataset. */
export interface DatasetProps {
  /** documented: deployments-cdk/depot-cdk/dataset. inferred: required, because every example has it. */
  readonly environment: IStageDepotEnvironment;
  /** The dataset's alias. documented: deployments-cdk/depot-cdk/dataset. inferred: required. */
  readonly name: string;
  /** documented: deployments-cdk/depot-cdk/dataset. inferred: required. */
  readonly location: ILocation;
  /** documented: deployments-cdk/depot-cdk/dataset. inferred: required. */
  readonly package: Package;
  /** documented: deployments-cdk/depot-cdk/dataset. */
  readonly executors?: readonly DatasetExecutor[];
  /** documented: deployments-cdk/depot-cdk/auth. */
  readonly auth?: DatasetAuth;
  /** documented: deployments-cdk/depot-cdk/dataset/migrations. */
  readonly migrationOptions?: DatasetMigrationOptions;
  /** documented: deployments-cdk/depot-cdk/dataset/s3tables-iceberg. */
  readonly s3tables?: ManagedS3TablesNamespace | ExternalS3TablesNamespace;
  /** documented: development/event/notifications. */
  readonly notifications?: DatasetNotifications;
  /** documented: development/event/subscriptions. */
  readonly subscriptions?: DatasetSubscriptions;
  /** inferred: the levels are documented, the property is not. */
  readonly permissions?: DatasetPermissions;
  /** documented: the name, in a comment of the migrations page. inferred: a free-form map. */
  readonly additionalSchemas?: FreeForm;
  /** documented: the name, in a comment of the migrations page. inferred: a free-form object. */
  readonly seeding?: FreeForm;
}

/** documented: deployments-cdk/depot-cdk/dataset. inferred: its custom resource. */
export class Dataset extends Construct {
  private readonly resource: CustomResource;

  constructor(scope: Construct, id: string, props: DatasetProps) {
    super(scope, id);
    const {
      environment,
      name,
      location,
      package: pkg,
      executors,
      ...rest
    } = props;
    const mapped = executors?.map(({ purposes, executor }) => ({
      purposes,
      executor: executor.executorId,
    }));
    this.resource = depotResource(this, "Custom::Dataset", {
      DatasetName: name,
      EnvironmentId: environment.environmentId,
      LocationId: location.locationId,
      PackageId: pkg.packageId,
      Enabled: true,
      DatasetProps: pascalKeys({ executors: mapped, ...rest }, [
        "additionalSchemas",
        "seeding",
        "context",
      ]),
    });
  }

  /** inferred: a transaction takes a dataset's id; what the member is called is not shown. */
  public get datasetId(): string {
    return this.resource.ref;
  }
}
