import { Construct } from "constructs";
import { DatasetCognitoAuth } from "../stage-depot-dataset";
import { LocationBase, LocationProps } from "./location-base";

/** documented: deployments-cdk/depot-cdk/location/cognito. */
export interface CognitoProps extends LocationProps {
  /** documented: deployments-cdk/depot-cdk/location/cognito; some examples leave it out. */
  readonly name?: string;
  /** documented: deployments-cdk/depot-cdk/location/cognito. */
  readonly userPoolId: string;
  /** documented: deployments-cdk/depot-cdk/location/cognito. */
  readonly clientId: string;
  /** documented: deployments-cdk/depot-cdk/location/cognito; some examples leave it out. */
  readonly region?: string;
  /** documented: deployments-cdk/depot-cdk/location/cognito; without it users cannot be written. */
  readonly roleArn?: string;
}

/** documented: deployments-cdk/depot-cdk/location/cognito. */
export class Cognito extends LocationBase {
  /**
   * What `auth.cognito` of a dataset takes.
   *
   * documented: deployments-cdk/depot-cdk/location/cognito, and deployments-cdk/depot-cdk/auth with four texts.
   * inferred: what the location leaves out is absent here too.
   */
  public readonly cognitoAuth: Required<DatasetCognitoAuth>;

  constructor(scope: Construct, id: string, props: CognitoProps) {
    super(scope, id, "cognito", props);
    const { region, roleArn, userPoolId, clientId } = props;
    const auth: DatasetCognitoAuth = { region, roleArn, userPoolId, clientId };
    this.cognitoAuth = auth as Required<DatasetCognitoAuth>;
  }
}
