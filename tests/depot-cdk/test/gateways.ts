import {
  Environment,
  Gateway,
  StageDepotAwsManagedWafRule,
} from "@stage-tech/depot-cdk";
import { Aws, CfnOutput, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

/** Every gateway, and both spellings of the firewall's managed rules. */
export class GatewaysStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const environment = new Environment(this, "Environment", {
      account: { name: "retail", id: Aws.ACCOUNT_ID },
      name: "edge",
      useSharedVpc: true,
    });
    const open = new Gateway.API(this, "Open", { environment, firewall: {} });
    new Gateway.API(this, "Office", {
      environment,
      firewall: {
        ipAddresses: {
          allowed: ["198.51.100.0/24"],
          blocked: ["203.0.113.7/32"],
        },
        managedRules: [
          StageDepotAwsManagedWafRule.AWSManagedRulesCommonRuleSet,
          StageDepotAwsManagedWafRule.AWSManagedRulesKnownBadInputsRuleSet,
        ],
      },
    });
    new Gateway.IAM(this, "Internal", {
      environment,
      allowedPrincipals: [`arn:${Aws.PARTITION}:iam::111122223333:role/caller`],
      firewall: {
        managedWafRules: [
          StageDepotAwsManagedWafRule.AWSManagedRulesAdminProtectionRuleSet,
        ],
      },
    });
    new Gateway.WebSocket(this, "Live", { environment });
    new Gateway.Lambda(this, "Admin", { environment });
    new Gateway.LambdaData(this, "Data", { environment });
    new CfnOutput(this, "Url", { value: open.url });
    new CfnOutput(this, "Id", { value: open.gatewayId });
  }
}
