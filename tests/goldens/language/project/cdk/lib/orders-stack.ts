// Written by depotc from the .depot source; changes belong there.
import {
  DynamoDBLocationCapacityMode,
  Environment,
  Location,
} from "@stage-tech/depot-cdk";
import { Aspects, Aws, CfnOutput, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import { ServiceToken } from "./service-token";

/** Orders of all shops. */
export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, {
      description: "Orders of all shops.",
      ...props,
    });
    Aspects.of(this).add(
      new ServiceToken(
        `arn:${Aws.PARTITION}:lambda:${Aws.REGION}:${Aws.ACCOUNT_ID}:function:retail-bootstrap`,
      ),
    );

    const environment = new Environment(this, "Environment", {
      account: { name: "retail-prod", id: Aws.ACCOUNT_ID },
      name: "orders",
    });

    new Location.DynamoDB(this, "ShardEuWest1", {
      environment,
      name: "shard-eu-west-1",
      capacityMode: DynamoDBLocationCapacityMode.ONDEMAND,
    });

    new CfnOutput(this, "Capacity", {
      value: "PROVISIONED",
    });
  }
}
