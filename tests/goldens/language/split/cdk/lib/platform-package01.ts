// Written by depotc from the .depot source; changes belong there.
import { Package } from "@stage-tech/depot-cdk";
import { Schemas } from "@stage-tech/depot-package-common";
import { NestedStack } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class PlatformPackage01 extends NestedStack {
  public readonly model: Package;

  constructor(scope: Construct, id: string) {
    super(scope, id);

    const model = new Package(this, "Model", {
      name: "orders.model",
      version: "1.4.0",
      schemas: Schemas.fromYamlFiles([]),
    });

    this.model = model;
  }
}
