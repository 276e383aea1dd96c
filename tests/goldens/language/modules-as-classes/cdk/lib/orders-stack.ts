// Written by depotc from the .depot source; changes belong there.
import {
  Dataset,
  DynamoDBLocationCapacityMode,
  Environment,
  Location,
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
import { Class } from "./class";
import { Nothing } from "./nothing";
import { Searchable } from "./searchable";
import { SearchableArchive } from "./searchable-archive";

export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const stage = new CfnParameter(this, "Stage");

    const environment = new Environment(this, "Environment", {
      account: { name: "retail", id: Aws.ACCOUNT_ID },
      name: "orders",
    });

    const archive = new SearchableArchive(this, "Archive", {
      environment,
      prefix: "archive",
      mode: DynamoDBLocationCapacityMode.ONDEMAND,
      version: 2,
      stage: stage.valueAsString,
    });

    new Location.DynamoDB(this, "Base", {
      environment,
      name: "base",
    });

    new Nothing(this, "Empty");

    const first = new Searchable(this, "First", {
      environment,
      prefix: "first",
      mode: DynamoDBLocationCapacityMode.ONDEMAND,
      recovery: true,
      version: 2,
      stage: stage.valueAsString,
      searchName: "FIRST-search",
      names: `first-${stage.valueAsString}`,
    });

    const manyA = new Searchable(this, "ManyA", {
      environment,
      prefix: "many-a",
      mode: DynamoDBLocationCapacityMode.ONDEMAND,
      version: 2,
      stage: stage.valueAsString,
      searchName: "MANYA-search",
      names: `many-a-${stage.valueAsString}`,
    });
    manyA.node.addDependency(first);

    const manyB = new Searchable(this, "ManyB", {
      environment,
      prefix: "many-b",
      mode: DynamoDBLocationCapacityMode.ONDEMAND,
      version: 2,
      stage: stage.valueAsString,
      searchName: "MANYB-search",
      names: `many-b-${stage.valueAsString}`,
    });
    manyB.node.addDependency(first);

    const model = new Package(this, "Model", {
      name: "model",
      version: "1.0.0",
      schemas: Schemas.fromYamlFiles([]),
    });

    new Dataset(this, "Four", {
      environment,
      name: "four",
      location: archive.settings.table,
      package: model,
    });

    const propsClass = new Class(this, "Props", {
      environment,
      props: "p",
      node: archive.shards[1],
      stage: stage.valueAsString,
    });

    /** With more shards and a newer lake. */
    const second = new Searchable(this, "Second", {
      environment,
      prefix: "second",
      mode: DynamoDBLocationCapacityMode.PROVISIONED,
      version: 3,
      stage: stage.valueAsString,
      searchName: "SECOND-search",
      names: `second-${stage.valueAsString}`,
    });

    new Dataset(this, "One", {
      environment,
      name: "one",
      location: second.all,
      package: model,
    });

    new Dataset(this, "Three", {
      environment,
      name: "three",
      location: propsClass.default,
      package: model,
    });

    const two = new Dataset(this, "Two", {
      environment,
      name: "two",
      location: propsClass.nodeOutput,
      package: model,
    });
    two.node.addDependency(manyA);

    new CfnOutput(this, "Names", {
      value: `first,first-${stage.valueAsString}`,
    });
  }
}
