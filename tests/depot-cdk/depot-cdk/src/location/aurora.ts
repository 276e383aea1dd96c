import { Construct } from "constructs";
import {
  LocationBase,
  NamedLocationProps,
  WithDefaultExecutor,
} from "./location-base";

/**
 * The cluster of an Aurora location.
 *
 * inferred: environment-config-pipeline says that there is a cluster configuration, not what it holds.
 */
export interface AuroraCluster {
  readonly engineVersion?: string;
  readonly instanceType?: string;
  readonly instances?: number;
  readonly minCapacity?: number;
  readonly maxCapacity?: number;
  readonly deletionProtection?: boolean;
}

/** inferred: the page of this location could not be found; what it must hold is named in passing elsewhere. */
export interface AuroraProps extends NamedLocationProps, WithDefaultExecutor {
  /** inferred: environment-config-pipeline names a cluster configuration. */
  readonly cluster?: AuroraCluster;
  /** inferred: connect-bastion says that the location must have users. */
  readonly users?: readonly string[];
  /** inferred: environment-config-pipeline names tags. */
  readonly tags?: { readonly [key: string]: string };
}

/** documented: deployments-cdk/depot-cdk/location, by name. */
export class Aurora extends LocationBase {
  constructor(scope: Construct, id: string, props: AuroraProps) {
    super(scope, id, "aurora", props, ["tags"]);
  }
}
