// Written by depotc from the .depot source; changes belong there.
import { Environment, Location } from "@stage-tech/depot-cdk";
import * as aws_applicationautoscaling from "aws-cdk-lib/aws-applicationautoscaling";
import * as aws_autoscaling from "aws-cdk-lib/aws-autoscaling";
import * as aws_chime from "aws-cdk-lib/aws-chime";
import * as aws_dynamodb from "aws-cdk-lib/aws-dynamodb";
import * as aws_ec2 from "aws-cdk-lib/aws-ec2";
import * as aws_events from "aws-cdk-lib/aws-events";
import * as aws_iam from "aws-cdk-lib/aws-iam";
import * as aws_rds from "aws-cdk-lib/aws-rds";
import * as aws_s3 from "aws-cdk-lib/aws-s3";
import * as aws_sam from "aws-cdk-lib/aws-sam";
import * as aws_sns from "aws-cdk-lib/aws-sns";
import * as aws_sqs from "aws-cdk-lib/aws-sqs";
import * as aws_wafv2 from "aws-cdk-lib/aws-wafv2";
import {
  Aws,
  CfnDeletionPolicy,
  CfnOutput,
  CfnParameter,
  CfnResource,
  SecretValue,
  Stack,
  StackProps,
  Token,
} from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const owner = new CfnParameter(this, "Owner", {
      default: "retail",
    });

    const scopeParameter = new CfnParameter(this, "Scope");

    const environment = new Environment(this, "Environment", {
      account: { name: "retail", id: Aws.ACCOUNT_ID },
      name: "orders",
    });

    const bucket = new aws_s3.CfnBucket(this, "Bucket", {
      lifecycleConfiguration: {
        rules: [{ expirationInDays: 30, id: "old", status: "Enabled" }],
      },
      tags: [{ key: "bucket", value: "yes" }],
      versioningConfiguration: { status: "Enabled" },
    });

    const chime = new aws_chime.CfnAppInstance(this, "Chime", {
      metadata: "its own property",
      name: "app",
    });
    chime.cfnOptions.deletionPolicy = CfnDeletionPolicy.DELETE;

    const database = new aws_rds.CfnDBInstance(this, "Database", {
      allocatedStorage: "20",
      dbInstanceClass: "db.t4g.micro",
      engine: "postgres",
      storageEncrypted: true,
    });
    database.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.SNAPSHOT;
    database.cfnOptions.deletionPolicy = CfnDeletionPolicy.SNAPSHOT;

    new aws_ec2.CfnSecurityGroupIngress(this, "Door", {
      cidrIp: "10.0.0.0/8",
      description: `port ${Token.asString(Token.asNumber(database.attrEndpointPort))}`,
      fromPort: Token.asNumber(database.attrEndpointPort),
      groupId: "sg-0123456789abcdef0",
      ipProtocol: "tcp",
      toPort: Token.asNumber(database.attrEndpointPort),
    });

    new aws_sam.CfnFunction(this, "Hello", {
      handler: "index.handler",
      inlineCode: "exports.handler = async () => 1;",
      runtime: "nodejs22.x",
    });

    const moduleResource = new CfnResource(this, "Module", {
      type: "Acme::Web::Site::MODULE",
    });

    const queueDev = new aws_sqs.CfnQueue(this, "QueueDev", {
      queueName: "orders-dev",
      visibilityTimeout: 30,
    });

    const queueProd = new aws_sqs.CfnQueue(this, "QueueProd", {
      queueName: "orders-prod",
      visibilityTimeout: 30,
    });

    new aws_wafv2.CfnRuleGroup(this, "Rules", {
      capacity: 10,
      customResponseBodies: {
        Not_Here: { content: "no", contentType: "TEXT_PLAIN" },
      },
      rules: [
        {
          action: {
            block: {
              CustomResponse: {
                CustomResponseBodyKey: "Not_Here",
                ResponseCode: 404,
              },
            },
          },
          name: "far",
          priority: 1,
          statement: {
            andStatement: {
              statements: [
                {
                  notStatement: {
                    statement: {
                      geoMatchStatement: { countryCodes: ["DE", "FR"] },
                    },
                  },
                },
                {
                  orStatement: {
                    statements: [
                      { labelMatchStatement: { key: "x", scope: "LABEL" } },
                      { geoMatchStatement: { countryCodes: ["US"] } },
                    ],
                  },
                },
              ],
            },
          },
          visibilityConfig: {
            cloudWatchMetricsEnabled: false,
            metricName: "far",
            sampledRequestsEnabled: false,
          },
        },
      ],
      scope: scopeParameter.valueAsString,
      visibilityConfig: {
        cloudWatchMetricsEnabled: true,
        metricName: "rules",
        sampledRequestsEnabled: true,
      },
    });

    const shop = new aws_rds.CfnDBInstance(this, "Shop", {
      allocatedStorage: "20",
      dbInstanceClass: "db.t4g.micro",
      engine: "postgres",
      masterUserPassword: SecretValue.secretsManager("shop", {
        jsonField: "password",
      }).unsafeUnwrap(),
      masterUsername: "shop",
      storageEncrypted: true,
    });
    shop.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.SNAPSHOT;
    shop.cfnOptions.deletionPolicy = CfnDeletionPolicy.SNAPSHOT;

    const table = new aws_dynamodb.CfnTable(this, "Table", {
      attributeDefinitions: [{ attributeName: "id", attributeType: "S" }],
      billingMode: "PAY_PER_REQUEST",
      keySchema: [{ attributeName: "id", keyType: "HASH" }],
      sseSpecification: { sseEnabled: true },
    });
    table.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
    table.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;

    new aws_applicationautoscaling.CfnScalableTarget(this, "Scaling", {
      maxCapacity: 2,
      minCapacity: 1,
      resourceId: `table/${table.ref}`,
      scalableDimension: "dynamodb:table:ReadCapacityUnits",
      scheduledActions: [
        {
          schedule: "rate(1 day)",
          scheduledActionName: "later",
          startTime: new Date("2030-01-31T06:00:00Z"),
        },
      ],
      serviceNamespace: "dynamodb",
    });

    const template = new aws_ec2.CfnLaunchTemplate(this, "Template", {
      launchTemplateData: {
        instanceType: "t4g.micro",
        metadataOptions: { httpTokens: "required" },
      },
    });

    const group = new aws_autoscaling.CfnAutoScalingGroup(this, "Group", {
      availabilityZones: [`${Aws.REGION}a`],
      launchTemplate: {
        launchTemplateId: template.ref,
        version: template.attrLatestVersionNumber,
      },
      maxSize: "2",
      minSize: "1",
      tags: [
        { key: "name", propagateAtLaunch: true, value: "group" },
        { key: "kind", propagateAtLaunch: false, value: "x" },
      ],
    });
    group.cfnOptions.creationPolicy = {
      resourceSignal: { count: 1, timeout: "PT5M" },
    };
    group.cfnOptions.updatePolicy = {
      autoScalingRollingUpdate: {
        minInstancesInService: 1,
        pauseTime: "PT1M",
        suspendProcesses: ["Terminate"],
      },
    };

    const users2 = new Location.DynamoDB(this, "Users2", {
      environment,
      name: "users2",
    });

    const custom = new CfnResource(this, "Custom", {
      type: "Custom::Thing",
      properties: {
        Alpha: { Nested_Key: [users2.locationId, database.attrEndpointPort] },
        Extra: "spread",
        ServiceToken: "arn:aws:lambda:eu-west-1:111122223333:function:thing",
        zeta: 1,
      },
    });
    custom.node.addDependency(users2);

    /** Where news of orders go. */
    const topic = new aws_sns.CfnTopic(this, "Topic", {
      deliveryStatusLogging: [
        { protocol: "lambda", successFeedbackSampleRate: "50" },
      ],
      displayName: `Orders of ${owner.valueAsString}`,
      fifoTopic: false,
    });
    topic.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
    topic.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
    topic.addMetadata("Owner", owner.valueAsString);
    topic.addMetadata("notes", { Since: 2024, on: users2.locationId });
    topic.node.addDependency(bucket, users2);

    new aws_events.CfnRule(this, "Rule", {
      eventPattern: { "detail-type": ["Order"], source: ["orders"] },
      targets: [
        {
          arn: topic.attrTopicArn,
          id: "topic",
          inputTransformer: {
            inputPathsMap: { When: "$.time" },
            inputTemplate: "<When>",
          },
        },
      ],
    });

    new aws_sns.CfnSubscription(this, "SubscriptionDev", {
      endpoint: queueDev.attrArn,
      filterPolicy: {
        price_usd: [{ numeric: [">=", 100] }],
        store: ["example_corp"],
      },
      protocol: "sqs",
      rawMessageDelivery: true,
      topicArn: topic.ref,
    });

    new aws_sns.CfnSubscription(this, "SubscriptionProd", {
      endpoint: queueProd.attrArn,
      filterPolicy: {
        price_usd: [{ numeric: [">=", 100] }],
        store: ["example_corp"],
      },
      protocol: "sqs",
      rawMessageDelivery: true,
      topicArn: topic.ref,
    });

    const usersRole = new aws_iam.CfnRole(this, "UsersRole", {
      assumeRolePolicyDocument: {
        Statement: [
          {
            Action: "sts:AssumeRole",
            Effect: "Allow",
            Principal: { AWS: `arn:aws:iam::${Aws.ACCOUNT_ID}:root` },
          },
        ],
        Version: "2012-10-17",
      },
      managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonCognitoReadOnly"],
      path: "/depot/",
      policies: [
        {
          policyDocument: {
            Statement: [
              {
                Action: ["sns:Publish"],
                Effect: "Allow",
                Resource: [topic.attrTopicArn, `${topic.ref}/*`],
              },
            ],
            Version: "2012-10-17",
          },
          policyName: "publish",
        },
      ],
      tags: [
        { key: "b", value: users2.locationId },
        { key: "a", value: owner.valueAsString },
        { key: "B", value: "3" },
        { key: "A-1", value: "4" },
      ],
    });

    new Location.Cognito(this, "Users", {
      environment,
      name: "users",
      userPoolId: "eu-west-1_a1b2c3d4e",
      clientId: "4example23456789",
      roleArn: usersRole.attrArn,
    });

    new CfnOutput(this, "Address", {
      value: `${database.attrEndpointAddress}:${database.attrEndpointPort}`,
    });

    new CfnOutput(this, "InModule", {
      value: moduleResource.getAtt("Bucket.Arn").toString(),
    });

    new CfnOutput(this, "Thing", {
      value: custom.getAtt("Thing").toString(),
    });

    new CfnOutput(this, "TopicRef", {
      value: topic.ref,
    });
  }
}
