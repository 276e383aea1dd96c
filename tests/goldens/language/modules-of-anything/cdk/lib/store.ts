// Written by depotc from the .depot source; changes belong there.
import {
  DynamoDBLocationCapacityMode,
  Environment,
  Location,
} from "@stage-tech/depot-cdk";
import * as aws_sns from "aws-cdk-lib/aws-sns";
import { Aws } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export interface StoreProps {
  readonly environment: Environment;
  readonly name: string;
  readonly topicName: string;
  readonly tCapacityMode?: DynamoDBLocationCapacityMode;
  readonly topicBDisplayName: string;
}

export class Store extends Construct {
  public readonly first: string;
  public readonly hot: boolean;
  public readonly topics: string[];
  public readonly where: Location.DynamoDB;

  constructor(scope: Construct, id: string, props: StoreProps) {
    super(scope, id);

    const t = new Location.DynamoDB(this, "T", {
      environment: props.environment,
      name: `${props.name}-t`,
      capacityMode: props.tCapacityMode,
    });

    const topicA = new aws_sns.CfnTopic(this, "TopicA", {
      displayName: props.topicName,
      topicName: `${props.name}-a-${Aws.REGION}`,
    });

    const topicB = new aws_sns.CfnTopic(this, "TopicB", {
      displayName: props.topicBDisplayName,
      topicName: `${props.name}-b-${Aws.REGION}`,
    });

    this.first = props.topicName;
    this.hot = true;
    this.topics = [topicA.attrTopicArn, topicB.attrTopicArn];
    this.where = t;
  }
}
