// Written by depotc from the .depot source; changes belong there.
import { Dataset, Environment, Location, Package } from "@stage-tech/depot-cdk";
import { Schemas } from "@stage-tech/depot-package-common";
import { Aws, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class EStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const environment = new Environment(this, "Environment", {
      account: { name: "a", id: Aws.ACCOUNT_ID },
      name: "e",
    });

    const hot = new Location.DynamoDB(this, "Hot", {
      environment,
      name: "hot",
    });

    const model = new Package(this, "Model", {
      name: "model",
      version: "1.0.0",
      schemas: Schemas.fromYamlFiles([
        "./declared-schemas/crm/Customer.yaml",
        "./declared-schemas/crm/Address.yaml",
        "./declared-schemas/common/Base.yaml",
        "./declared-schemas/sales/Totals.yaml",
        "./declared-schemas/sales/Order.yaml",
        "./schemas/files",
        "./declared-schemas/geo/Country.yaml",
        "./declared-schemas/Empty.yaml",
      ]),
    });

    new Dataset(this, "D", {
      environment,
      name: "d",
      location: hot,
      package: model,
    });

    new Package(this, "Other", {
      name: "other",
      version: "1.0.0",
      schemas: Schemas.fromYamlFiles([
        "./declared-schemas/Plain.yaml",
        "./shared/files",
      ]),
    });
  }
}
