// Written by depotc from the .depot source; changes belong there.
import { Environment, Location } from "@stage-tech/depot-cdk";
import { Aws, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class ClassStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const environment = new Environment(this, "Environment", {
      account: { name: "a", id: Aws.ACCOUNT_ID },
      name: "class",
    });

    new Location.DynamoDB(this, "CfnOutput", {
      environment,
      name: "cfn-output",
    });

    new Location.DynamoDB(this, "Location", {
      environment,
      name: "location",
    });

    new Location.DynamoDB(this, "App", {
      environment,
      name: "app",
    });

    new Location.DynamoDB(this, "Arguments", {
      environment,
      name: "arguments",
    });

    new Location.DynamoDB(this, "Await", {
      environment,
      name: "await",
    });

    new Location.DynamoDB(this, "Cdk", {
      environment,
      name: "cdk",
    });

    new Location.DynamoDB(this, "Class", {
      environment,
      name: "class",
    });

    new Location.DynamoDB(this, "Constructor", {
      environment,
      name: "constructor",
    });

    new Location.DynamoDB(this, "Default", {
      environment,
      name: "default",
    });

    new Location.DynamoDB(this, "Id", {
      environment,
      name: "id",
    });

    new Location.DynamoDB(this, "New", {
      environment,
      name: "new",
    });

    new Location.DynamoDB(this, "Props", {
      environment,
      name: "props",
    });

    new Location.DynamoDB(this, "Scope", {
      environment,
      name: "scope",
    });

    new Location.DynamoDB(this, "Stack", {
      environment,
      name: "stack",
    });

    new Location.DynamoDB(this, "Super", {
      environment,
      name: "super",
    });

    new Location.DynamoDB(this, "This", {
      environment,
      name: "this",
    });

    new Location.DynamoDB(this, "Undefined", {
      environment,
      name: "undefined",
    });
  }
}
