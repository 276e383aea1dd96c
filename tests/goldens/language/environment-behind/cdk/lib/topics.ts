// Written by depotc from the .depot source; changes belong there.
import * as aws_sns from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";

export interface TopicsProps {
  readonly name: string;
}

export class Topics extends Construct {
  public readonly name: string;

  constructor(scope: Construct, id: string, props: TopicsProps) {
    super(scope, id);

    const topic = new aws_sns.CfnTopic(this, "Topic", {
      displayName: props.name,
    });

    this.name = topic.attrTopicName;
  }
}
