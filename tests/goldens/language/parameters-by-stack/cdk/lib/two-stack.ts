// Written by depotc from the .depot source; changes belong there.
import { Environment } from "@stage-tech/depot-cdk";
import {
  Aws,
  CfnOutput,
  CfnParameter,
  Stack,
  StackProps,
} from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class TwoStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const b = new CfnParameter(this, "B", {
      default: "x",
    });

    new Environment(this, "Environment", {
      account: { name: "r", id: Aws.ACCOUNT_ID },
      name: "two",
    });

    new CfnOutput(this, "X", {
      value: b.valueAsString,
    });
  }
}
