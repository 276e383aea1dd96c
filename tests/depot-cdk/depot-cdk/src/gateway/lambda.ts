import { Construct } from "constructs";
import { GatewayBase, GatewayProps } from "./gateway-base";

/** documented: deployments-cdk/depot-cdk/gateways, in prose; takes no firewall. inferred: the name of the class. */
export class Lambda extends GatewayBase {
  constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id, "lambda", props);
  }
}
