import { CustomResource } from "aws-cdk-lib/core";
import { Construct, IConstruct } from "constructs";
import { depotResource, pascalKeys } from "../depot-resource";
import { IStageDepotEnvironment } from "../stage-depot-environment";

/** Any executor. inferred: the interface; documented is that a dataset takes executors. */
export interface IExecutor extends IConstruct {
  /** inferred: by analogy with the environment. */
  readonly executorId: string;
}

/** documented: deployments-cdk/depot-cdk/executors. inferred: that both are required. */
export interface ExecutorProps {
  /** documented: deployments-cdk/depot-cdk/executors. */
  readonly environment: IStageDepotEnvironment;
  /** documented: deployments-cdk/depot-cdk/executors. */
  readonly name: string;
}

/**
 * What all executors have in common: one custom resource.
 *
 * documented: environment-config-pipeline, that there is one. inferred: its type and properties.
 */
export abstract class ExecutorBase extends Construct implements IExecutor {
  private readonly resource: CustomResource;

  protected constructor(
    scope: Construct,
    id: string,
    type: string,
    props: ExecutorProps,
  ) {
    super(scope, id);
    const { environment, name, ...rest } = props;
    this.resource = depotResource(this, "Custom::Executor", {
      ExecutorType: type,
      ExecutorName: name,
      EnvironmentId: environment.environmentId,
      Enabled: true,
      ExecutorProps: pascalKeys(rest),
    });
  }

  public get executorId(): string {
    return this.resource.ref;
  }
}
