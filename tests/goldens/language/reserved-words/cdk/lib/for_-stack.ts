// Written by depotc from the .depot source; changes belong there.
import { Dataset, Environment, Location, Package } from "@stage-tech/depot-cdk";
import { Schemas } from "@stage-tech/depot-package-common";
import { Aws, CfnOutput, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class ForStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const environment = new Environment(this, "Environment", {
      account: { name: "k-param-valueotde-334-1-1-2-true", id: Aws.ACCOUNT_ID },
      name: "for",
    });

    new Location.DynamoDB(this, "As", {
      environment,
      name: "as",
    });

    new Location.DynamoDB(this, "At", {
      environment,
      name: "at",
    });

    new Location.DynamoDB(this, "Attribute", {
      environment,
      name: "attribute",
    });

    const elseLocation = new Location.DynamoDB(this, "Else", {
      environment,
      name: "else",
    });

    new Location.DynamoDB(this, "Extend", {
      environment,
      name: "extend",
    });

    const fromLocation = new Location.DynamoDB(this, "From", {
      environment,
      name: "from",
    });

    const letLocation = new Location.DynamoDB(this, "Let", {
      environment,
      name: "let",
    });

    const location = new Location.DynamoDB(this, "Location", {
      environment,
      name: "location",
    });

    const packagePackage = new Package(this, "Package", {
      name: "package",
      version: "1.0.0",
      schemas: Schemas.fromYamlFiles(["./s"]),
    });

    new Location.DynamoDB(this, "Require", {
      environment,
      name: "require",
    });

    new Location.DynamoDB(this, "Resource", {
      environment,
      name: "resource",
    });

    new Dataset(this, "Seeding", {
      environment,
      name: "seeding",
      location,
      package: packagePackage,
      seeding: {
        deploy: 10,
        environment: 7,
        existing: 11,
        for: 2,
        if: 1,
        import: 8,
        let: letLocation.locationId,
        name: 9,
        output: 4,
        param: 6,
        type: 5,
      },
    });

    const test = new Location.DynamoDB(this, "Test", {
      environment,
      name: "test",
    });

    new Location.DynamoDB(this, "True", {
      environment,
      name: "true",
    });

    const use = new Location.DynamoDB(this, "Use", {
      environment,
      name: "use",
    });

    const dataset = new Dataset(this, "Dataset", {
      environment,
      name: "dataset",
      location: letLocation,
      package: packagePackage,
    });
    dataset.node.addDependency(test, use);

    new Location.DynamoDB(this, "When", {
      environment,
      name: "when",
    });

    new Location.DynamoDB(this, "X1", {
      environment,
      name: "x-1",
    });

    new Location.DynamoDB(this, "X2", {
      environment,
      name: "x-2",
    });

    new CfnOutput(this, "E", {
      value: elseLocation.locationId,
    });

    new CfnOutput(this, "O1", {
      value: fromLocation.locationId,
    });
  }
}
