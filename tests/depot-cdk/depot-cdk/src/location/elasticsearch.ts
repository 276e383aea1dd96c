import { Construct } from "constructs";
import {
  LocationBase,
  NamedLocationProps,
  WithDefaultExecutor,
} from "./location-base";

/** documented: deployments-cdk/depot-cdk/location, from its example. */
export interface ElasticSearchProps
  extends NamedLocationProps, WithDefaultExecutor {}

/** documented: deployments-cdk/depot-cdk/location. inferred: the discriminator; other prose says OpenSearch. */
export class ElasticSearch extends LocationBase {
  constructor(scope: Construct, id: string, props: ElasticSearchProps) {
    super(scope, id, "elasticsearch", props);
  }
}
