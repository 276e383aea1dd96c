// Written by depotc from the .depot source; changes belong there.
import {
  Dataset,
  DynamoDBLocationCapacityMode,
  Environment,
  Executor,
  Gateway,
  Location,
  Package,
} from "@stage-tech/depot-cdk";
import { DatasetExecutorPurpose } from "@stage-tech/depot-cdk/dist/stage-depot-dataset";
import { Schemas } from "@stage-tech/depot-package-common";
import { Aws, CfnOutput, Fn, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const environment = new Environment(this, "Environment", {
      account: { name: "r", id: Aws.ACCOUNT_ID },
      name: "orders",
    });

    const api = new Gateway.API(this, "Api", {
      environment,
    });

    const cold = new Location.Glue(this, "Cold", {
      environment,
      name: "cold",
    });

    const e = new Executor.Default(this, "E", {
      environment,
      name: "e",
    });

    const hot = new Location.DynamoDB(this, "Hot", {
      environment,
      name: "hot",
      capacityMode: DynamoDBLocationCapacityMode.ONDEMAND,
    });

    const locA = new Location.Aurora(this, "LocA", {
      environment,
      name: "loc-a",
      tags: { v: "x" },
    });

    const locB = new Location.Aurora(this, "LocB", {
      environment,
      name: "loc-b",
      tags: { v: "y" },
    });

    const p = new Package(this, "P", {
      name: "p",
      version: "1.0.0",
      schemas: Schemas.fromYamlFiles(["./s"]),
    });

    const alias = new Dataset(this, "Alias", {
      environment,
      name: "alias",
      location: hot,
      package: p,
    });
    alias.node.addDependency(cold, hot);

    const cond = new Dataset(this, "Cond", {
      environment,
      name: "cond",
      location: hot,
      package: p,
    });
    cond.node.addDependency(locA, locB);

    new Dataset(this, "DCold", {
      environment,
      name: "d-cold",
      location: cold,
      package: p,
      executors: [
        {
          purposes: [DatasetExecutorPurpose.API, DatasetExecutorPurpose.ROLLUP],
          executor: e,
        },
      ],
    });

    new Dataset(this, "DHot", {
      environment,
      name: "d-hot",
      location: hot,
      package: p,
      executors: [
        {
          purposes: [DatasetExecutorPurpose.API, DatasetExecutorPurpose.ROLLUP],
          executor: e,
        },
      ],
    });

    new Dataset(this, "OfLocA", {
      environment,
      name: "of-loc-a",
      location: locA,
      package: p,
    });

    new Dataset(this, "OfLocB", {
      environment,
      name: "of-loc-b",
      location: locB,
      package: p,
    });

    new Dataset(this, "Three", {
      environment,
      name: "three",
      location: locA,
      package: p,
    });

    new CfnOutput(this, "Count", {
      value: "1",
    });

    new CfnOutput(this, "Ep", {
      value: `[{"id":"${locA.locationId}","name":"loc-a"},{"id":"${locB.locationId}","name":"loc-b"}]`,
    });

    new CfnOutput(this, "Isdyn", {
      value: Fn.join(",", ["true", "false"]),
    });

    new CfnOutput(this, "Mode", {
      value: "ONDEMAND",
    });

    new CfnOutput(this, "N", {
      value: "orders",
    });

    new CfnOutput(this, "Names", {
      value: "hot,cold",
    });

    new CfnOutput(this, "Same", {
      value: "true",
    });

    new CfnOutput(this, "Tag", {
      value: "x",
    });

    new CfnOutput(this, "U", {
      value: api.url,
    });
  }
}
