// Written by depotc from the .depot source; changes belong there.
import { Environment, Location } from "@stage-tech/depot-cdk";
import { Aws, CfnOutput, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class MyOrders2Stack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const environment = new Environment(this, "Environment", {
      account: { name: "r", id: Aws.ACCOUNT_ID },
      name: "my-orders-2",
    });

    new Location.DynamoDB(this, "Abc", {
      environment,
      name: "abc",
    });

    new Location.DynamoDB(this, "HotStore", {
      environment,
      name: "hot-store",
    });

    new Location.DynamoDB(this, "Private", {
      environment,
      name: "private",
    });

    new Location.DynamoDB(this, "HotStore2", {
      environment,
      name: "hot-store2",
    });

    new Location.Glue(this, "K9", {
      environment,
      name: "k-9",
    });

    new Location.Glue(this, "KEF", {
      environment,
      name: "k-e-f",
    });

    const kAB = new Location.Glue(this, "KAB", {
      environment,
      name: "k-a-b",
    });

    new Location.Glue(this, "KCD", {
      environment,
      name: "k-c-d",
    });

    new Location.Glue(this, "KXY", {
      environment,
      name: "k-x-y",
    });

    new Location.Glue(this, "K", {
      environment,
      name: "k-é",
    });

    new Location.ElasticSearch(this, "Num3", {
      environment,
      name: "num-3",
    });

    new Location.ElasticSearch(this, "Num1", {
      environment,
      name: "num-1",
    });

    new Location.ElasticSearch(this, "Num25", {
      environment,
      name: "num-2-5",
    });

    new Location.DynamoDB(this, "X1", {
      environment,
      name: "x1",
    });

    new CfnOutput(this, "A", {
      value: "hot-store",
    });

    new CfnOutput(this, "B", {
      value: kAB.locationId,
    });

    new CfnOutput(this, "C", {
      value: "num-2-5",
    });

    new CfnOutput(this, "MyOut", {
      value: "private",
    });
  }
}
