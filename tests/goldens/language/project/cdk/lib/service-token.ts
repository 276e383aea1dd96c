// Written by depotc from the .depot source; changes belong there.
import { CfnResource, CustomResource, IAspect } from "aws-cdk-lib/core";
import { IConstruct } from "constructs";

/** Has the custom resources of a stack call another function than Depot's own. */
export class ServiceToken implements IAspect {
  constructor(private readonly arn: string) {}

  visit(node: IConstruct): void {
    if (node instanceof CustomResource) {
      const resource = node.node.defaultChild as CfnResource;
      resource.addPropertyOverride("ServiceToken", this.arn);
    }
  }
}
