// Written by depotc from the .depot source; changes belong there.
import { Environment, Location, ReplicationMode } from "@stage-tech/depot-cdk";
import { NestedStack } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export interface PlatformLocation01Step2Props {
  readonly cold: Location.DynamoDB;
  readonly environment: Environment;
  readonly hot: Location.DynamoDB;
}

export class PlatformLocation01Step2 extends NestedStack {
  public readonly both: Location.Composite;

  constructor(
    scope: Construct,
    id: string,
    props: PlatformLocation01Step2Props,
  ) {
    super(scope, id);

    const both = new Location.Composite(this, "Both", {
      environment: props.environment,
      name: "both",
      primaryLocation: props.hot,
      replicaLocation: props.cold,
      replicationMode: ReplicationMode.IMMEDIATE,
    });

    this.both = both;
  }
}
