import { Construct } from "constructs";
import {
  LocationBase,
  NamedLocationProps,
  WithDefaultExecutor,
} from "./location-base";

/** documented: deployments-cdk/depot-cdk/location. inferred: that the main module exports it. */
export enum DynamoDBLocationCapacityMode {
  /** documented: deployments-cdk/depot-cdk/location. */
  ONDEMAND = "ONDEMAND",
  /** inferred: the counterpart of ONDEMAND. */
  PROVISIONED = "PROVISIONED",
}

/** documented: deployments-cdk/depot-cdk/location, from its example. */
export interface DynamoDBProps extends NamedLocationProps, WithDefaultExecutor {
  /** documented: deployments-cdk/depot-cdk/location. inferred: that it may be left out. */
  readonly capacityMode?: DynamoDBLocationCapacityMode;
  /** inferred: demystifying-depot-infra speaks of prefixes, not of the property. */
  readonly tablePrefix?: string;
  /** inferred: demystifying-depot-infra speaks of the feature, not of the property. */
  readonly pointInTimeRecovery?: boolean;
}

/** documented: deployments-cdk/depot-cdk/location. */
export class DynamoDB extends LocationBase {
  constructor(scope: Construct, id: string, props: DynamoDBProps) {
    super(scope, id, "dynamodb", props);
  }
}
