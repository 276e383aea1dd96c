import { CustomResource } from "aws-cdk-lib/core";
import { Construct, IConstruct } from "constructs";
import { depotResource, pascalKeys } from "../depot-resource";
import type { IExecutor } from "../executor/executor-base";
import { IStageDepotEnvironment } from "../stage-depot-environment";

/** Any location. inferred: the interface; documented is that a dataset takes any location. */
export interface ILocation extends IConstruct {
  /** inferred: by analogy with the environment. */
  readonly locationId: string;
}

/** documented: deployments-cdk/depot-cdk/location, from its examples. */
export interface LocationProps {
  /** documented: deployments-cdk/depot-cdk/location. */
  readonly environment: IStageDepotEnvironment;
}

/** documented: deployments-cdk/depot-cdk/location. */
export interface NamedLocationProps extends LocationProps {
  /** documented: deployments-cdk/depot-cdk/location. inferred: required where no example leaves it out. */
  readonly name: string;
}

/** Storage that can say which executor works on it. */
export interface WithDefaultExecutor {
  /**
   * documented: deployments-cdk/depot-cdk/dataset says that a location has a default executor.
   * inferred: the name of the property.
   */
  readonly defaultExecutor?: IExecutor;
}

/**
 * What all locations have in common: one custom resource.
 *
 * documented: deployments-cdk/under-the-hood/platform-cdk/environment-config-pipeline, with its properties.
 */
export abstract class LocationBase extends Construct implements ILocation {
  private readonly resource: CustomResource;

  /**
   * @param type the discriminator; documented are `aurora` and `s3tables`, the others are inferred.
   * @param asIs properties whose keys are data
   */
  protected constructor(
    scope: Construct,
    id: string,
    type: string,
    props: LocationProps & { readonly name?: string } & WithDefaultExecutor,
    asIs: readonly string[] = [],
  ) {
    super(scope, id);
    const { environment, name, defaultExecutor, ...rest } = props;
    this.resource = depotResource(this, "Custom::Location", {
      LocationType: type,
      LocationName: name,
      EnvironmentId: environment.environmentId,
      Enabled: true,
      LocationProps: pascalKeys(
        { ...rest, defaultExecutor: defaultExecutor?.executorId },
        asIs,
      ),
    });
  }

  public get locationId(): string {
    return this.resource.ref;
  }
}
