import { Construct } from "constructs";
import {
  LocationBase,
  NamedLocationProps,
  WithDefaultExecutor,
} from "./location-base";

/** documented: deployments-cdk/depot-cdk/location/s3tables, the whole table. */
export interface S3TablesProps extends NamedLocationProps, WithDefaultExecutor {
  /** documented: deployments-cdk/depot-cdk/location/s3tables; not together with `tableBucketArn`. */
  readonly tableBucketName?: string;
  /** documented: deployments-cdk/depot-cdk/location/s3tables; not together with `tableBucketName`. */
  readonly tableBucketArn?: string;
  /** documented: deployments-cdk/depot-cdk/location/s3tables. inferred: text, not an enumeration. */
  readonly removalPolicy?: "DESTROY" | "RETAIN" | "SNAPSHOT";
  /** documented: deployments-cdk/depot-cdk/location/s3tables. */
  readonly icebergVersion?: 2 | 3;
  /** documented: deployments-cdk/depot-cdk/location/s3tables. inferred: text, not an enumeration. */
  readonly deleteMode?: "MERGE_ON_READ" | "COPY_ON_WRITE";
}

/** documented: deployments-cdk/depot-cdk/location/s3tables. */
export class S3Tables extends LocationBase {
  constructor(scope: Construct, id: string, props: S3TablesProps) {
    if (
      props.tableBucketArn !== undefined &&
      props.tableBucketName !== undefined
    ) {
      throw new Error("tableBucketArn and tableBucketName exclude each other");
    }
    super(scope, id, "s3tables", props);
  }
}
