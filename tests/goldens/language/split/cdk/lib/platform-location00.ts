// Written by depotc from the .depot source; changes belong there.
import { Environment, Executor, Location } from "@stage-tech/depot-cdk";
import { NestedStack } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export interface PlatformLocation00Props {
  readonly compute: Executor.Snowflake;
  readonly environment: Environment;
}

export class PlatformLocation00 extends NestedStack {
  public readonly hot: Location.DynamoDB;

  constructor(scope: Construct, id: string, props: PlatformLocation00Props) {
    super(scope, id);

    const hot = new Location.DynamoDB(this, "Hot", {
      environment: props.environment,
      name: "hot",
      defaultExecutor: props.compute,
    });

    this.hot = hot;
  }
}
