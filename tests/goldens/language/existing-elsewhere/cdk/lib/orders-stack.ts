// Written by depotc from the .depot source; changes belong there.
import {
  Dataset,
  Environment,
  Gateway,
  Location,
  Package,
} from "@stage-tech/depot-cdk";
import { Schemas } from "@stage-tech/depot-package-common";
import { Aws, CfnOutput, Fn, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    new Environment(this, "Environment", {
      account: { name: "r", id: "111122223333" },
      name: "orders",
    });

    const shared = Environment.fromEnvironmentProps(this, "Shared", {
      accountId: "111122223333",
      environmentId: "shared-12345678",
    });

    const other = Environment.fromEnvironmentProps(this, "Other", {
      accountId: Aws.ACCOUNT_ID,
      environmentId: Fn.importValue("env-id"),
    });

    const audit = new Location.DynamoDB(this, "Audit", {
      environment: shared,
      name: "audit",
    });

    new Gateway.API(this, "G", {
      environment: other,
    });

    new Location.DynamoDB(this, "More", {
      environment: other,
      name: "more",
    });

    const p = new Package(this, "P", {
      name: "p",
      version: "1.0.0",
      schemas: Schemas.fromYamlFiles(["./s"]),
    });

    new Dataset(this, "D", {
      environment: shared,
      name: "d",
      location: audit,
      package: p,
    });

    new CfnOutput(this, "X", {
      value: shared.environmentId,
    });
  }
}
