// Written by depotc from the .depot source; changes belong there.
import {
  Dataset,
  Environment,
  Executor,
  Location,
  Package,
} from "@stage-tech/depot-cdk";
import { DatasetExecutorPurpose } from "@stage-tech/depot-cdk/dist/stage-depot-dataset";
import { NestedStack } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export interface PlatformDataset00Turn2Props {
  readonly compute: Executor.Snowflake;
  readonly environment: Environment;
  readonly model: Package;
  readonly pair: Location.Composite;
}

export class PlatformDataset00Turn2 extends NestedStack {
  public readonly orders: Dataset;

  constructor(
    scope: Construct,
    id: string,
    props: PlatformDataset00Turn2Props,
  ) {
    super(scope, id);

    const orders = new Dataset(this, "Orders", {
      environment: props.environment,
      name: "orders",
      location: props.pair,
      package: props.model,
      executors: [
        {
          purposes: [
            DatasetExecutorPurpose.API,
            DatasetExecutorPurpose.DEPLOYMENT,
          ],
          executor: props.compute,
        },
      ],
    });

    this.orders = orders;
  }
}
