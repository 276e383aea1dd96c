// Written by depotc from the .depot source; changes belong there.
import { Dataset, Environment, Location, Package } from "@stage-tech/depot-cdk";
import { Schemas } from "@stage-tech/depot-package-common";
import { TransactionRequest } from "@stage-tech/depot-schema";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { SfnStateMachine } from "aws-cdk-lib/aws-events-targets";
import {
  Chain,
  DefinitionBody,
  JsonPath,
  StateMachine,
} from "aws-cdk-lib/aws-stepfunctions";
import { Aws, CfnOutput, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class EStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const environment = new Environment(this, "Environment", {
      account: { name: "a", id: Aws.ACCOUNT_ID },
      name: "e",
    });

    const model = new Package(this, "Model", {
      name: "model",
      version: "1.0.0",
      schemas: Schemas.fromYamlFiles(["./s"]),
    });

    const other = new Location.Aurora(this, "Other", {
      environment,
      name: "other",
    });

    const sql = new Location.Aurora(this, "Sql", {
      environment,
      name: "sql",
    });

    const orders = new Dataset(this, "Orders", {
      environment,
      name: "orders",
      location: sql,
      package: model,
    });

    const stock = new Dataset(this, "Stock", {
      environment,
      name: "stock",
      location: other,
      package: model,
    });

    const alone = environment.runTransaction(this, "Alone", {
      datasetId: stock.datasetId,
      actions: [
        { operation: "REFRESH", target: 'It says "quoted" and \\ and é' },
      ],
      resultPath: JsonPath.DISCARD,
    });

    new StateMachine(this, "ByHand", {
      stateMachineName: "by-hand",
      definitionBody: DefinitionBody.fromChainable(Chain.start(alone)),
    });

    const everything = environment.runTransaction(this, "Everything", {
      datasetId: orders.datasetId,
      actions: [
        {
          operation: "UPSERT",
          locationUri: "s3://landing/orders/",
          format: TransactionRequest.Format.JSON,
          target: "Order",
        },
        {
          operation: "MERGE",
          locationUri: "s3://landing/orders/",
          format: TransactionRequest.Format.PARQUET,
          target: "Order",
        },
        {
          operation: "INSERT_IGNORE",
          locationUri: "s3://landing/x.csv",
          format: TransactionRequest.Format.CSV,
          target: "Order",
          columnOrder: ["number", "total"],
        },
        { operation: "DELETE", target: "Order", query: "total = 0" },
        {
          operation: "PATCH",
          target: "Order",
          query: "status = :s",
          arguments: { nested: { someKey: 1 }, s: "open" },
        },
        {
          operation: "EXPORT",
          locationUri: "s3://out/",
          format: TransactionRequest.Format.JSONL,
          source: "Order",
        },
        { operation: "REFRESH", target: "Summary" },
        {
          operation: "MERGE",
          source: "Item",
          target: "Item",
          sourceDatasetId: stock.datasetId,
        },
      ],
      resultPath: "$.everything",
    });

    const plain = environment.runTransaction(this, "Plain", {
      datasetId: stock.datasetId,
      actions: [{ operation: "REFRESH", target: "View" }],
    });

    const quiet = environment.runTransaction(this, "Quiet", {
      datasetId: stock.datasetId,
      actions: [{ operation: "REFRESH", target: "View" }],
      resultPath: JsonPath.DISCARD,
    });

    const nightly = new StateMachine(this, "Nightly", {
      stateMachineName: "nightly",
      definitionBody: DefinitionBody.fromChainable(
        Chain.start(everything).next(quiet).next(plain),
      ),
    });
    new Rule(nightly, "Schedule", {
      schedule: Schedule.expression("cron(0 2 * * ? *)"),
      targets: [new SfnStateMachine(nightly)],
    });

    new CfnOutput(this, "Arn", {
      value: nightly.stateMachineArn,
    });
  }
}
