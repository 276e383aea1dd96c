// Written by depotc from the .depot source; changes belong there.
import { Environment } from "@stage-tech/depot-cdk";
import { Aws, CfnParameter, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class OneStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const a = new CfnParameter(this, "A");

    new Environment(this, "Environment", {
      account: { name: a.valueAsString, id: Aws.ACCOUNT_ID },
      name: "one",
    });
  }
}
