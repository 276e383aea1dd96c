import { Construct } from "constructs";
import { Firewall } from "../stage-depot-firewall";
import { GatewayBase, GatewayProps } from "./gateway-base";

/** documented: deployments-cdk/depot-cdk/gateways. */
export interface APIProps extends GatewayProps {
  /** documented: deployments-cdk/depot-cdk/firewall. */
  readonly firewall?: Firewall;
}

/** documented: deployments-cdk/depot-cdk/gateways. */
export class API extends GatewayBase {
  constructor(scope: Construct, id: string, props: APIProps) {
    super(scope, id, "api", props);
  }
}
