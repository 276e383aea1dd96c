// Written by depotc from the .depot source; changes belong there.
import { Dataset, Environment, Location, Package } from "@stage-tech/depot-cdk";
import { Schemas } from "@stage-tech/depot-package-common";
import { Aws, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class FirstStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const environment = new Environment(this, "Environment", {
      account: { name: "a", id: Aws.ACCOUNT_ID },
      name: "first",
    });

    const shared = new Package(this, "Shared", {
      name: "shared",
      version: "1.0.0",
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
      package: shared,
    });
  }
}
