// Written by depotc from the .depot source; changes belong there.
import { Environment, Location } from "@stage-tech/depot-cdk";
import * as aws_sns from "aws-cdk-lib/aws-sns";
import { Aws, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class PlainStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const topic = new aws_sns.CfnTopic(this, "Topic", {
      displayName: "x",
    });

    const environment = new Environment(this, "Environment", {
      account: { name: "a", id: Aws.ACCOUNT_ID },
      name: `plain-${topic.attrTopicName}`,
    });

    new Location.DynamoDB(this, "Hot", {
      environment,
      name: "hot",
    });
  }
}
