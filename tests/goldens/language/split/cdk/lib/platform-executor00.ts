// Written by depotc from the .depot source; changes belong there.
import {
  Environment,
  Executor,
  SnowflakeWarehouse,
} from "@stage-tech/depot-cdk";
import { NestedStack } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export interface PlatformExecutor00Props {
  readonly environment: Environment;
  readonly secretArn: string;
}

export class PlatformExecutor00 extends NestedStack {
  public readonly compute: Executor.Snowflake;

  constructor(scope: Construct, id: string, props: PlatformExecutor00Props) {
    super(scope, id);

    const compute = new Executor.Snowflake(this, "Compute", {
      environment: props.environment,
      name: "compute",
      credentials: {
        credentialsSecretArn: props.secretArn,
        accountId: "AB12345",
        region: "eu-west-1",
      },
      warehouse: SnowflakeWarehouse.existing("ORDERS_WH"),
    });

    this.compute = compute;
  }
}
