// Written by depotc from the .depot source; changes belong there.
import { Environment, Location } from "@stage-tech/depot-cdk";
import { Aws, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class NamingRulesStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const environment = new Environment(this, "Environment", {
      account: { name: "a", id: Aws.ACCOUNT_ID },
      name: "naming-rules",
    });

    new Location.DynamoDB(this, "HttpServer2", {
      environment,
      name: "http-server2",
    });

    new Location.DynamoDB(this, "CamelCaseName", {
      environment,
      name: "camel-case-name",
    });

    new Location.DynamoDB(this, "Class", {
      environment,
      name: "class",
    });

    new Location.DynamoDB(this, "Named", {
      environment,
      name: "Something Else",
    });

    new Location.DynamoDB(this, "Scope", {
      environment,
      name: "scope",
    });

    new Location.DynamoDB(this, "Simple", {
      environment,
      name: "simple",
    });

    new Location.DynamoDB(this, "WithUnderscore", {
      environment,
      name: "with-underscore",
    });
  }
}
