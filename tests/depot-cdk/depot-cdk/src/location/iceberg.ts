import { Construct } from "constructs";
import { LocationBase, NamedLocationProps } from "./location-base";

/**
 * documented: deployments-cdk/depot-cdk/location, as deprecated. inferred: its properties.
 *
 * @deprecated use `Location.S3Tables`
 */
export class Iceberg extends LocationBase {
  constructor(scope: Construct, id: string, props: NamedLocationProps) {
    super(scope, id, "iceberg", props);
  }
}
