import { Construct } from "constructs";
import {
  LocationBase,
  NamedLocationProps,
  WithDefaultExecutor,
} from "./location-base";

/** inferred: the type is named on deployments-cdk/depot-cdk/location, its properties nowhere. */
export interface GlueProps extends NamedLocationProps, WithDefaultExecutor {}

/** documented: deployments-cdk/depot-cdk/location, by name. */
export class Glue extends LocationBase {
  constructor(scope: Construct, id: string, props: GlueProps) {
    super(scope, id, "glue", props);
  }
}
