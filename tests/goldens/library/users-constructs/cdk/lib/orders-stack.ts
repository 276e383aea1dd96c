// Written by depotc from the .depot source; changes belong there.
import { Environment } from "@stage-tech/depot-cdk";
import { CfnEventBus } from "aws-cdk-lib/aws-events";
import { Topic } from "aws-cdk-lib/aws-sns";
import { Queue } from "aws-cdk-lib/aws-sqs";
import {
  Aws,
  CfnOutput,
  CfnResource,
  CustomResource,
  Duration,
  Stack,
  StackProps,
} from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const environment = new Environment(this, "Environment", {
      account: { name: "retail", id: Aws.ACCOUNT_ID },
      name: "orders",
    });

    const alarms = new Topic(this, "Alarms", {
      topicName: "alarms",
      displayName: "Alarms",
    });

    const events = new CfnEventBus(this, "Events", {
      name: "events",
    });

    const failed = new Queue(this, "Failed", {
      queueName: "failed",
      retentionPeriod: Duration.days(14),
    });

    new CustomResource(this, "Hot", {
      resourceType: "Custom::Table",
      serviceToken: "arn:aws:lambda:eu-west-1:111122223333:function:table",
      properties: { Name: "hot", Mode: "FLEX", CostCenter: "4711" },
    });

    const jobsA = new Queue(this, "JobsA", {
      queueName: "jobs-a",
      deliveryDelay: Duration.seconds(30),
      deadLetterQueue: { queue: failed, maxReceiveCount: 3 },
    });

    new Queue(this, "JobsB", {
      queueName: "jobs-b",
      deliveryDelay: Duration.seconds(30),
      deadLetterQueue: { queue: failed, maxReceiveCount: 3 },
    });

    new Topic(this, "News1", {
      topicName: "news-1",
      fifo: true,
      contentBasedDeduplication: true,
    });

    new CustomResource(this, "Search", {
      resourceType: "Custom::Search",
      serviceToken: "arn:aws:lambda:eu-west-1:111122223333:function:search",
      properties: {
        Name: "search",
        Environment: environment.environmentId,
        Tags: { team: "orders" },
      },
    });

    const thing = new CfnResource(this, "Thing", {
      type: "Acme::Own::Thing",
      properties: { Size: 3, TopicArn: alarms.topicArn },
    });

    new CfnOutput(this, "Arn", {
      value: alarms.topicArn,
    });

    new CfnOutput(this, "Bus", {
      value: events.attrArn,
    });

    new CfnOutput(this, "Jobs", {
      value: jobsA.queueUrl,
    });

    new CfnOutput(this, "ThingOutput", {
      key: "Thing",
      value: thing.getAtt("Arn").toString(),
    });
  }
}
