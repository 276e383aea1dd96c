// Written by depotc from the .depot source; changes belong there.
import { Environment } from "@stage-tech/depot-cdk";
import { Aws, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class ImportStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    new Environment(this, "Environment", {
      account: { name: "a", id: Aws.ACCOUNT_ID },
      name: "import",
    });
  }
}
