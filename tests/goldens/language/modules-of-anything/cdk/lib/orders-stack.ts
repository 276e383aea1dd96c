// Written by depotc from the .depot source; changes belong there.
import {
  Dataset,
  DynamoDBLocationCapacityMode,
  Environment,
  Package,
} from "@stage-tech/depot-cdk";
import { Schemas } from "@stage-tech/depot-package-common";
import {
  Aws,
  CfnOutput,
  CfnParameter,
  Stack,
  StackProps,
} from "aws-cdk-lib/core";
import { Construct } from "constructs";
import { Store } from "./store";
import { StoreCold } from "./store-cold";

export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const topicName = new CfnParameter(this, "TopicName");

    const environment = new Environment(this, "Environment", {
      account: { name: "a", id: Aws.ACCOUNT_ID },
      name: "orders",
    });

    const cold = new StoreCold(this, "Cold", {
      environment,
      name: "c",
    });

    const model = new Package(this, "Model", {
      name: "m",
      version: "1.0.0",
      schemas: Schemas.fromYamlFiles("x"),
    });

    const regionalEu = new Store(this, "RegionalEu", {
      environment,
      name: "r-eu",
      topicName: topicName.valueAsString,
      tCapacityMode: DynamoDBLocationCapacityMode.ONDEMAND,
      topicBDisplayName: "eu",
    });

    const regionalUs = new Store(this, "RegionalUs", {
      environment,
      name: "r-us",
      topicName: topicName.valueAsString,
      topicBDisplayName: "us",
    });

    const d = new Dataset(this, "D", {
      environment,
      name: "d",
      location: regionalEu.where,
      package: model,
    });
    d.node.addDependency(cold, regionalUs);

    new CfnOutput(this, "All", {
      value: `${topicName.valueAsString}+${topicName.valueAsString}`,
    });

    new CfnOutput(this, "F", {
      value: topicName.valueAsString,
    });

    new CfnOutput(this, "T", {
      value: `${regionalEu.topics[0]},${regionalEu.topics[1]}`,
    });
  }
}
