// Written by depotc from the .depot source; changes belong there.
import { Environment, Location } from "@stage-tech/depot-cdk";
import { Aws, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const environment = new Environment(this, "Environment", {
      account: { name: "retail", id: Aws.ACCOUNT_ID },
      name: "orders",
    });

    new Location.DynamoDB(this, "HotEu", {
      environment,
      name: "hot-eu",
      tablePrefix: "p-eu",
    });

    new Location.DynamoDB(this, "HotUs", {
      environment,
      name: "hot-us",
      tablePrefix: "p-us",
    });

    new Location.ElasticSearch(this, "SearchEu", {
      environment,
      name: "search-eu-1",
    });

    new Location.ElasticSearch(this, "SearchUs", {
      environment,
      name: "search-us-2",
    });
  }
}
