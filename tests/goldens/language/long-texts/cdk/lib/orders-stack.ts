// Written by depotc from the .depot source; changes belong there.
import { Dataset, Environment, Location, Package } from "@stage-tech/depot-cdk";
import { Schemas } from "@stage-tech/depot-package-common";
import { Aws, CfnOutput, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

/**
 * Multi
 * line.
 */
export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, {
      description: "Multi\nline.",
      ...props,
    });

    const environment = new Environment(this, "Environment", {
      account: { name: "r", id: Aws.ACCOUNT_ID },
      name: "orders",
    });

    /**
     * First.
     *
     * Second paragraph.
     */
    const hot = new Location.DynamoDB(this, "Hot", {
      environment,
      name: "hot",
      tablePrefix: "x",
    });

    const model = new Package(this, "Model", {
      name: "model",
      version: "1.0.0",
      schemas: Schemas.fromYamlFiles(["./schemas/one"]),
    });

    const d = new Dataset(this, "D", {
      environment,
      name: "d",
      location: hot,
      package: model,
      additionalSchemas: {
        "orders.Order": {
          properties: {
            id: { required: true, type: "string" },
            lines: { array: "Line" },
          },
          type: "object",
        },
      },
      seeding: {
        "1": 2,
        "": "empty key",
        "a-b": 1,
        class: 3,
        nested: {
          empty: {},
          list: [1, 2, 3, { deep: [true, false, "x"] }],
          none: [],
        },
        'quote"d': "x",
      },
    });

    new CfnOutput(this, "Long", {
      value: `https://example.com/${hot.locationId}/a/very/long/path/that/goes/on/and/on/${d.datasetId}/until/it/is/longer/than/eighty/characters`,
    });
  }
}
