// Written by depotc from the .depot source; changes belong there.
import { Environment } from "@stage-tech/depot-cdk";
import {
  Aws,
  CfnOutput,
  CfnParameter,
  Stack,
  StackProps,
} from "aws-cdk-lib/core";
import { Construct } from "constructs";
import { PlatformDataset00Turn2 } from "./platform-dataset00-turn2";
import { PlatformExecutor00 } from "./platform-executor00";
import { PlatformLocation00 } from "./platform-location00";
import { PlatformLocation01 } from "./platform-location01";
import { PlatformLocation01Step2 } from "./platform-location01-step2";
import { PlatformModule00After } from "./platform-module00-after";
import { PlatformPackage01 } from "./platform-package01";
import { PlatformPipeline01Turn2 } from "./platform-pipeline01-turn2";
import { PlatformResource00 } from "./platform-resource00";
import { PlatformResource01After } from "./platform-resource01-after";
import { PlatformResource01Step2 } from "./platform-resource01-step2";

/** What is divided. */
export class PlatformStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, {
      description: "What is divided.",
      ...props,
    });

    const names = new CfnParameter(this, "Names", {
      type: "CommaDelimitedList",
    });

    const secretArn = new CfnParameter(this, "SecretArn", {
      allowedPattern:
        "^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+$",
      constraintDescription: "must be a value of arn.secretsmanager",
    });

    const environment = new Environment(this, "Environment", {
      account: { name: "retail", id: Aws.ACCOUNT_ID },
      name: "platform",
    });

    const executor00 = new PlatformExecutor00(this, "Executor00", {
      environment,
      secretArn: secretArn.valueAsString,
    });

    const location00 = new PlatformLocation00(this, "Location00", {
      compute: executor00.compute,
      environment,
    });

    const location01 = new PlatformLocation01(this, "Location01", {
      environment,
    });

    const location01Step2 = new PlatformLocation01Step2(
      this,
      "Location01Step2",
      {
        cold: location01.cold,
        environment,
        hot: location00.hot,
      },
    );

    const package01 = new PlatformPackage01(this, "Package01");

    const resource00 = new PlatformResource00(this, "Resource00", {
      names: names.valueAsList,
    });

    const module00After = new PlatformModule00After(this, "Module00After", {
      both: location01Step2.both,
      environment,
      topic: resource00.topic,
    });

    const dataset00Turn2 = new PlatformDataset00Turn2(this, "Dataset00Turn2", {
      compute: executor00.compute,
      environment,
      model: package01.model,
      pair: module00After.pair,
    });

    const resource01After = new PlatformResource01After(
      this,
      "Resource01After",
      {
        hot: location00.hot,
        topic: resource00.topic,
      },
    );

    new PlatformResource01Step2(this, "Resource01Step2", {
      zone: resource00.zone,
    });

    const load = environment.runTransaction(this, "Load", {
      datasetId: dataset00Turn2.orders.datasetId,
      actions: [{ operation: "REFRESH", target: "OrderSummary" }],
    });

    new PlatformPipeline01Turn2(this, "Pipeline01Turn2", {
      load,
    });

    new CfnOutput(this, "HotId", {
      value: location00.hot.locationId,
    });

    new CfnOutput(this, "Told", {
      value: resource01After.told.attrTopicArn,
    });
  }
}
