import { Construct } from "constructs";
import { GatewayBase, GatewayProps } from "./gateway-base";

/** documented: demystifying-depot-infra, in prose; takes no firewall. inferred: the name of the class. */
export class LambdaData extends GatewayBase {
  constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id, "lambdadata", props);
  }
}
