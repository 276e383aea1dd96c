// Written by depotc from the .depot source; changes belong there.
import { Environment, Location } from "@stage-tech/depot-cdk";
import { NestedStack } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export interface PlatformLocation01Props {
  readonly environment: Environment;
}

export class PlatformLocation01 extends NestedStack {
  public readonly cold: Location.DynamoDB;

  constructor(scope: Construct, id: string, props: PlatformLocation01Props) {
    super(scope, id);

    const cold = new Location.DynamoDB(this, "Cold", {
      environment: props.environment,
      name: "cold",
    });

    this.cold = cold;
  }
}
