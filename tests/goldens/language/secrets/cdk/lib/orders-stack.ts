// Written by depotc from the .depot source; changes belong there.
import { Dataset, Environment, Location, Package } from "@stage-tech/depot-cdk";
import { Schemas } from "@stage-tech/depot-package-common";
import { Aws, SecretValue, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const environment = new Environment(this, "Environment", {
      account: { name: "r", id: Aws.ACCOUNT_ID },
      name: "orders",
    });

    const hot = new Location.DynamoDB(this, "Hot", {
      environment,
      name: "hot",
    });

    const p = new Package(this, "P", {
      name: "p",
      version: "1.0.0",
      schemas: Schemas.fromYamlFiles(["./s"]),
    });

    new Dataset(this, "D", {
      environment,
      name: "d",
      location: hot,
      package: p,
      seeding: {
        l: [SecretValue.secretsManager("q").unsafeUnwrap()],
        password: SecretValue.secretsManager("my/secret", {
          jsonField: "password",
        }).unsafeUnwrap(),
        url: `https://u:${SecretValue.secretsManager("a", { jsonField: "b" }).unsafeUnwrap()}@h`,
        whole: SecretValue.secretsManager(
          "arn:aws:secretsmanager:eu-west-1:123456789012:secret:x-AbCdEf",
        ).unsafeUnwrap(),
      },
    });
  }
}
