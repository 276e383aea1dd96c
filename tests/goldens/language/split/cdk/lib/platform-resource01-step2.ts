// Written by depotc from the .depot source; changes belong there.
import * as aws_route53 from "aws-cdk-lib/aws-route53";
import { NestedStack } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export interface PlatformResource01Step2Props {
  readonly zone: aws_route53.CfnHostedZone;
}

export class PlatformResource01Step2 extends NestedStack {
  constructor(
    scope: Construct,
    id: string,
    props: PlatformResource01Step2Props,
  ) {
    super(scope, id);

    new aws_route53.CfnRecordSet(this, "Delegation", {
      hostedZoneName: "example.",
      name: "orders.example.",
      resourceRecords: props.zone.attrNameServers,
      ttl: "300",
      type: "NS",
    });
  }
}
