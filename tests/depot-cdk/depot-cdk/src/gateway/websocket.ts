import { Construct } from "constructs";
import { GatewayBase, GatewayProps } from "./gateway-base";

/** documented: deployments-cdk/depot-cdk/gateways; takes no firewall. */
export class WebSocket extends GatewayBase {
  constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id, "websocket", props);
  }
}
