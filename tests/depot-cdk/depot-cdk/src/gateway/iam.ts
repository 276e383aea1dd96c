import { Construct } from "constructs";
import { Firewall } from "../stage-depot-firewall";
import { GatewayBase, GatewayProps } from "./gateway-base";

/** documented: deployments-cdk/depot-cdk/gateways, in prose. inferred: the names. */
export interface IAMProps extends GatewayProps {
  /** documented: deployments-cdk/depot-cdk/firewall. */
  readonly firewall?: Firewall;
  /** inferred: the page speaks of a list of allowed principals without its name. */
  readonly allowedPrincipals?: readonly string[];
}

/** documented: deployments-cdk/depot-cdk/gateways, in prose. inferred: the name of the class. */
export class IAM extends GatewayBase {
  constructor(scope: Construct, id: string, props: IAMProps) {
    super(scope, id, "iam", props);
  }
}
