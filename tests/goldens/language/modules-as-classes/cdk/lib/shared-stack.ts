// Written by depotc from the .depot source; changes belong there.
import {
  DynamoDBLocationCapacityMode,
  Environment,
} from "@stage-tech/depot-cdk";
import { CfnParameter, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import { Searchable } from "./searchable";

export class SharedStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const stage = new CfnParameter(this, "Stage");

    const environment = Environment.fromEnvironmentProps(this, "Environment", {
      accountId: "123456789012",
      environmentId: "sdp-abc123",
    });

    new Searchable(this, "First", {
      environment,
      prefix: "shared",
      mode: DynamoDBLocationCapacityMode.ONDEMAND,
      version: 2,
      stage: stage.valueAsString,
      searchName: "SHARED-search",
      names: `shared-${stage.valueAsString}`,
    });
  }
}
