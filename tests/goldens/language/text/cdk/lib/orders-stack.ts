// Written by depotc from the .depot source; changes belong there.
import { Environment, Location } from "@stage-tech/depot-cdk";
import { Aws, CfnOutput, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const environment = new Environment(this, "Environment", {
      account: {
        name: "it's: say \"hi\"abc\t|$it's{it's}",
        id: Aws.ACCOUNT_ID,
      },
      name: "orders",
    });

    new Location.DynamoDB(this, "Hot", {
      environment,
      name: "hot",
      tablePrefix: 'multi "quoted" it\'s\n  ${not} and $ alone\nlast\\',
    });

    new CfnOutput(this, "O", {
      value: `x${Aws.REGION}'"\`\\\${y}`,
    });
  }
}
