// Written by depotc from the .depot source; changes belong there.
import { Environment, Location } from "@stage-tech/depot-cdk";
import * as aws_sns from "aws-cdk-lib/aws-sns";
import { NestedStack } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import { Tables } from "./tables";

export interface PlatformModule00AfterProps {
  readonly both: Location.Composite;
  readonly environment: Environment;
  readonly topic: aws_sns.CfnTopic;
}

export class PlatformModule00After extends NestedStack {
  public readonly pair: Location.Composite;

  constructor(scope: Construct, id: string, props: PlatformModule00AfterProps) {
    super(scope, id);

    const first = new Tables(this, "First", {
      environment: props.environment,
      prefix: "a",
      next: props.both,
    });
    first.node.addDependency(props.topic);

    this.pair = first.whole;
  }
}
