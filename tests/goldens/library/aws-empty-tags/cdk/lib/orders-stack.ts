// Written by depotc from the .depot source; changes belong there.
import { Environment } from "@stage-tech/depot-cdk";
import * as aws_autoscaling from "aws-cdk-lib/aws-autoscaling";
import * as aws_sns from "aws-cdk-lib/aws-sns";
import * as aws_ssm from "aws-cdk-lib/aws-ssm";
import { Aws, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    new Environment(this, "Environment", {
      account: { name: "retail", id: Aws.ACCOUNT_ID },
      name: "orders",
    });

    new aws_sns.CfnTopic(this, "A");

    new aws_ssm.CfnParameter(this, "B", {
      type: "String",
      value: "x",
    });

    new aws_autoscaling.CfnAutoScalingGroup(this, "C", {
      instanceId: "i-0123456789abcdef0",
      maxSize: "1",
      minSize: "1",
    });
  }
}
