// Written by depotc from the .depot source; changes belong there.
import { Environment, Location } from "@stage-tech/depot-cdk";
import { Aws, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import { Topics } from "./topics";

export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const one = new Topics(this, "One", {
      name: "x",
    });

    const environment = new Environment(this, "Environment", {
      account: { name: "a", id: Aws.ACCOUNT_ID },
      name: `orders-${one.name}`,
    });

    new Location.DynamoDB(this, "Hot", {
      environment,
      name: "hot",
    });

    new Topics(this, "Two", {
      name: "y",
    });
  }
}
