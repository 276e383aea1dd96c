import { Construct } from "constructs";
import { literal } from "../depot-resource";
import {
  LocationBase,
  LocationProps,
  WithDefaultExecutor,
} from "./location-base";

/** documented: deployments-cdk/depot-cdk/location/snowflake. inferred: which members are required. */
export interface SnowflakeProps extends LocationProps, WithDefaultExecutor {
  /** documented: deployments-cdk/depot-cdk/location; the full example of this type leaves it out. */
  readonly name?: string;
  /** documented: deployments-cdk/depot-cdk/location/snowflake. */
  readonly accountId: string;
  /** documented: deployments-cdk/depot-cdk/location/snowflake. */
  readonly region: string;
  /** documented: deployments-cdk/depot-cdk/location/snowflake. */
  readonly warehouse: string;
  /** documented: deployments-cdk/depot-cdk/location/snowflake. */
  readonly credentialsSecretArn: string;
  /** documented: deployments-cdk/depot-cdk/location/snowflake. */
  readonly roleArn?: string;
  /** documented: deployments-cdk/depot-cdk/location/snowflake. */
  readonly createEntities?: boolean;
  /** documented: deployments-cdk/depot-cdk/location/snowflake. */
  readonly writable?: boolean;
  /** documented: deployments-cdk/depot-cdk/location/snowflake; without `s3://`. inferred: a list of text. */
  readonly dataLocations?: readonly string[];
}

/** documented: deployments-cdk/depot-cdk/location/snowflake. */
export class Snowflake extends LocationBase {
  constructor(scope: Construct, id: string, props: SnowflakeProps) {
    for (const place of props.dataLocations ?? []) {
      if (literal(place)?.startsWith("s3://")) {
        throw new Error(
          `dataLocations stand without s3://, but one is "${place}"`,
        );
      }
    }
    super(scope, id, "snowflake", props);
  }
}
