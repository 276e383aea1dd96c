// Written by depotc from the .depot source; changes belong there.
import { Environment, Gateway } from "@stage-tech/depot-cdk";
import { Aws, CfnOutput, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class ThreeStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const environment = new Environment(this, "Environment", {
      account: { name: "r", id: Aws.ACCOUNT_ID },
      name: "three",
    });

    const g0 = new Gateway.API(this, "G0", {
      environment,
    });

    new Gateway.API(this, "G1", {
      environment,
    });

    new CfnOutput(this, "First", {
      value: g0.url,
    });
  }
}
