import * as depot from "@stage-tech/depot-cdk";
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
import { Aws, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

/** A state machine that runs two transactions every night. */
export class PipelineStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const environment = new depot.Environment(this, "Environment", {
      account: { name: "retail", id: Aws.ACCOUNT_ID },
      name: "orders",
    });
    const orders = new depot.Dataset(this, "Orders", {
      environment,
      name: "orders",
      location: new depot.Location.DynamoDB(this, "Hot", {
        environment,
        name: "hot",
      }),
      package: new depot.Package(this, "Model", {
        name: "orders.model",
        version: "1.4.0",
        schemas: Schemas.fromYamlFiles("./schemas/orders"),
      }),
    });
    const load = environment.runTransaction(this, "Load", {
      datasetId: orders.datasetId,
      actions: [
        {
          operation: "UPSERT",
          locationUri: "s3://retail-landing/orders/",
          format: TransactionRequest.Format.JSON,
          target: "Order",
        },
      ],
      resultPath: JsonPath.DISCARD,
    });
    const refresh = environment.runTransaction(this, "Refresh", {
      datasetId: orders.datasetId,
      actions: [{ operation: "REFRESH", target: "OrderSummary" }],
      resultPath: JsonPath.DISCARD,
    });
    const nightly = new StateMachine(this, "Nightly", {
      stateMachineName: "nightly",
      definitionBody: DefinitionBody.fromChainable(
        Chain.start(load).next(refresh),
      ),
    });
    new Rule(nightly, "Schedule", {
      schedule: Schedule.expression("cron(0 2 * * ? *)"),
      targets: [new SfnStateMachine(nightly)],
    });
  }
}
