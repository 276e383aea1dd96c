// Written by depotc from the .depot source; changes belong there.
import { Dataset, Environment, Location, Package } from "@stage-tech/depot-cdk";
import { Schemas } from "@stage-tech/depot-package-common";
import { Aws, CfnOutput, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class SecondStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const environment = new Environment(this, "Environment", {
      account: { name: "a", id: Aws.ACCOUNT_ID },
      name: "second",
    });

    const model = new Package(this, "Model", {
      name: "model",
      version: "2.0.0",
      schemas: Schemas.fromYamlFiles(["./s"]),
    });

    const store = new Location.DynamoDB(this, "Store", {
      environment,
      name: "store",
    });

    new Dataset(this, "Orders", {
      environment,
      name: "orders",
      location: store,
      package: model,
    });

    new CfnOutput(this, "Id", {
      value: store.locationId,
    });
  }
}
