// Written by depotc from the .depot source; changes belong there.
import { Environment, Location } from "@stage-tech/depot-cdk";
import { CfnOutput, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class SharedStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const environment = Environment.fromEnvironmentProps(this, "Environment", {
      accountId: "111122223333",
      environmentId: "shared-12345678",
    });

    const notes = new Location.DynamoDB(this, "Notes", {
      environment,
      name: "notes",
    });

    new CfnOutput(this, "N", {
      value: notes.locationId,
    });
  }
}
