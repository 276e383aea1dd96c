// Written by depotc from the .depot source; changes belong there.
import {
  DynamoDBLocationCapacityMode,
  Environment,
  Location,
} from "@stage-tech/depot-cdk";
import { Aws, CfnOutput, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

/** Second line. */
export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, {
      description: "Second line.",
      ...props,
    });

    const environment = new Environment(this, "Environment", {
      account: { name: "a", id: Aws.ACCOUNT_ID },
      name: "orders",
    });

    /** The hot one: with `code`, ${dollar}, *\/ an end of comment and "quotes" \ backslash. */
    const hot = new Location.DynamoDB(this, "Hot", {
      environment,
      name: "hot",
      capacityMode: DynamoDBLocationCapacityMode.ONDEMAND,
    });

    new CfnOutput(this, "A", {
      description: "An output with doc.",
      value: hot.locationId,
    });
  }
}
