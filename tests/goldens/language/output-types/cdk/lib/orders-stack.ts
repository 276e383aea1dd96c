// Written by depotc from the .depot source; changes belong there.
import { Environment, Location } from "@stage-tech/depot-cdk";
import { Aws, CfnOutput, Fn, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const environment = new Environment(this, "Environment", {
      account: { name: "r", id: Aws.ACCOUNT_ID },
      name: "orders",
    });

    const hot = new Location.DynamoDB(this, "Hot", {
      environment,
      name: "hot",
    });

    new CfnOutput(this, "A", {
      value: "x",
    });

    new CfnOutput(this, "B", {
      value: "3",
    });

    new CfnOutput(this, "C", {
      value: Fn.join(",", ["a", "b"]),
    });

    new CfnOutput(this, "D", {
      description: 'The "id" of it.',
      value: hot.locationId,
    });
  }
}
