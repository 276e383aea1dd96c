// Written by depotc from the .depot source; changes belong there.
import * as aws_route53 from "aws-cdk-lib/aws-route53";
import * as aws_sns from "aws-cdk-lib/aws-sns";
import { CfnParameter, Fn, NestedStack } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export interface PlatformResource00Props {
  readonly names: string[];
}

export class PlatformResource00 extends NestedStack {
  public readonly topic: aws_sns.CfnTopic;
  public readonly zone: aws_route53.CfnHostedZone;

  constructor(scope: Construct, id: string, props: PlatformResource00Props) {
    super(scope, id, {
      parameters: { Names: Fn.join(",", props.names) },
    });

    const names = new CfnParameter(this, "Names", {
      type: "CommaDelimitedList",
    });

    const topic = new aws_sns.CfnTopic(this, "Topic", {
      topicName: Fn.join("-", names.valueAsList),
    });

    const zone = new aws_route53.CfnHostedZone(this, "Zone", {
      name: "orders.example.",
    });

    this.topic = topic;
    this.zone = zone;
  }
}
