import { CustomResource } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import { depotResource, pascalKeys } from "../depot-resource";
import { IStageDepotEnvironment } from "../stage-depot-environment";

/** documented: deployments-cdk/depot-cdk/gateways; no example names a gateway. */
export interface GatewayProps {
  /** documented: deployments-cdk/depot-cdk/gateways. */
  readonly environment: IStageDepotEnvironment;
}

/** What all gateways have in common: one custom resource. inferred: its type, properties and attributes. */
export abstract class GatewayBase extends Construct {
  private readonly resource: CustomResource;

  protected constructor(
    scope: Construct,
    id: string,
    type: string,
    props: GatewayProps,
  ) {
    super(scope, id);
    const { environment, ...rest } = props;
    this.resource = depotResource(this, "Custom::Gateway", {
      GatewayType: type,
      EnvironmentId: environment.environmentId,
      Enabled: true,
      GatewayProps: pascalKeys(rest),
    });
  }

  /** inferred: by analogy with the environment. */
  public get gatewayId(): string {
    return this.resource.ref;
  }

  /** inferred: no page shows how a program learns a gateway's address. */
  public get url(): string {
    return this.resource.getAttString("Url");
  }
}
