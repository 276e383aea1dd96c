import { Construct } from "constructs";
import { ILocation, LocationBase, NamedLocationProps } from "./location-base";

/** documented: deployments-cdk/depot-cdk/location; the list is longer there. */
export enum ReplicationMode {
  /** documented: deployments-cdk/depot-cdk/location. */
  IMMEDIATE = "IMMEDIATE",
}

/** documented: deployments-cdk/depot-cdk/location. inferred: which members are required. */
export interface CompositeProps extends NamedLocationProps {
  /** Written first. documented: deployments-cdk/depot-cdk/location. */
  readonly primaryLocation: ILocation;
  /** Written after the primary one. documented: deployments-cdk/depot-cdk/location. */
  readonly replicaLocation: ILocation;
  /** documented: deployments-cdk/depot-cdk/location. inferred: that it may be left out. */
  readonly replicationMode?: ReplicationMode;
}

/** documented: deployments-cdk/depot-cdk/location. inferred: its custom resource is a location's. */
export class Composite extends LocationBase {
  constructor(scope: Construct, id: string, props: CompositeProps) {
    const { primaryLocation, replicaLocation, ...rest } = props;
    const ids = {
      primaryLocation: primaryLocation.locationId,
      replicaLocation: replicaLocation.locationId,
    };
    super(scope, id, "composite", { ...rest, ...ids });
  }
}
