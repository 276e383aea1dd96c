// Written by depotc from the .depot source; changes belong there.
import { Location } from "@stage-tech/depot-cdk";
import * as aws_sns from "aws-cdk-lib/aws-sns";
import { NestedStack } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export interface PlatformResource01AfterProps {
  readonly hot: Location.DynamoDB;
  readonly topic: aws_sns.CfnTopic;
}

export class PlatformResource01After extends NestedStack {
  public readonly told: aws_sns.CfnTopic;

  constructor(
    scope: Construct,
    id: string,
    props: PlatformResource01AfterProps,
  ) {
    super(scope, id);

    const told = new aws_sns.CfnTopic(this, "Told", {
      topicName: `told-${props.topic.attrTopicName}-of-${props.hot.locationId}`,
    });

    this.told = told;
  }
}
