// Written by depotc from the .depot source; changes belong there.
import {
  DynamoDBLocationCapacityMode,
  Environment,
  Gateway,
  Location,
} from "@stage-tech/depot-cdk";
import { Aws, CfnOutput, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

/**
 * The environment's own description.
 * It has two lines.
 */
export class CommentedStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, {
      description: "The environment's own description.\nIt has two lines.",
      ...props,
    });

    const environment = new Environment(this, "Environment", {
      account: { name: "a", id: Aws.ACCOUNT_ID },
      name: "commented",
    });

    /** Has a *\/ in it, and `${ticks}`. */
    const api = new Gateway.API(this, "Api", {
      environment,
    });

    /** Hot data. */
    new Location.DynamoDB(this, "Hot", {
      environment,
      name: "hot",
      capacityMode: DynamoDBLocationCapacityMode.ONDEMAND,
    });

    new CfnOutput(this, "Url", {
      description: "Where to call.",
      value: api.url,
    });
  }
}
