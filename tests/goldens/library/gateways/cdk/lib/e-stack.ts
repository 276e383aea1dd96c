// Written by depotc from the .depot source; changes belong there.
import {
  Environment,
  Gateway,
  StageDepotAwsManagedWafRule,
} from "@stage-tech/depot-cdk";
import { Aws, CfnOutput, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class EStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const environment = new Environment(this, "Environment", {
      account: { name: "a", id: Aws.ACCOUNT_ID },
      name: "e",
    });

    const admin = new Gateway.Lambda(this, "Admin", {
      environment,
    });

    const data = new Gateway.LambdaData(this, "Data", {
      environment,
    });

    const full = new Gateway.API(this, "Full", {
      environment,
      firewall: {
        ipAddresses: {
          allowed: ["192.0.2.0/24", "198.51.100.7/32"],
          blocked: ["203.0.113.0/24"],
        },
        managedRules: [
          StageDepotAwsManagedWafRule.AWSManagedRulesCommonRuleSet,
          StageDepotAwsManagedWafRule.AWSManagedRulesKnownBadInputsRuleSet,
        ],
      },
    });

    new Gateway.API(this, "Guarded", {
      environment,
      firewall: {},
    });

    const least = new Gateway.API(this, "Least", {
      environment,
    });

    const live = new Gateway.WebSocket(this, "Live", {
      environment,
    });

    new Gateway.API(this, "OtherName", {
      environment,
      firewall: {
        managedWafRules: [
          StageDepotAwsManagedWafRule.AWSManagedRulesAdminProtectionRuleSet,
        ],
      },
    });

    const signed = new Gateway.IAM(this, "Signed", {
      environment,
      firewall: { ipAddresses: { blocked: ["2001:db8::/32"] } },
      allowedPrincipals: [
        "arn:aws:iam::123456789012:role/batch",
        "arn:aws:iam::123456789012:root",
      ],
    });

    new CfnOutput(this, "Id", {
      value: full.gatewayId,
    });

    new CfnOutput(this, "Urls", {
      value: `${least.url} ${signed.url} ${live.url} ${admin.url} ${data.url}`,
    });
  }
}
