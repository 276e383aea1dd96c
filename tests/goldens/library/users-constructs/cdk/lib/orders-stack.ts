// Written by depotc from the .depot source; changes belong there.
import { Location } from "@acme/paper";
import {
  DynamoDBLocationCapacityMode,
  Environment,
  Location as DepotCdkLocation,
} from "@stage-tech/depot-cdk";
import { Aws, CfnOutput, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const environment = new Environment(this, "Environment", {
      account: { name: "retail", id: Aws.ACCOUNT_ID },
      name: "orders",
    });

    new DepotCdkLocation.DynamoDB(this, "D", {
      environment,
      name: "d",
      capacityMode: DynamoDBLocationCapacityMode.FLEX,
      tablePrefix: "q",
      backup: "x",
    });

    const p = new Location.Paper(this, "P", {
      environment,
      name: "p",
      weight: "HEAVY",
      shelf: "a",
      drawers: 3,
    });

    new CfnOutput(this, "C", {
      value: p.code,
    });
  }
}
