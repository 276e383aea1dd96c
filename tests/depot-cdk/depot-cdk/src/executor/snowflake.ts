import { Construct } from "constructs";
import { ExecutorBase, ExecutorProps } from "./executor-base";
import {
  CustomSnowflakeWarehouse,
  SnowflakeWarehouse,
} from "./snowflake-warehouse";

/** documented: deployments-cdk/depot-cdk/executors. */
export interface SnowflakeCredentials {
  /** documented: deployments-cdk/depot-cdk/executors. */
  readonly credentialsSecretArn: string;
  /** documented: deployments-cdk/depot-cdk/executors. */
  readonly accountId: string;
  /** documented: deployments-cdk/depot-cdk/executors. */
  readonly region: string;
}

/** documented: deployments-cdk/depot-cdk/executors. */
export interface SnowflakeProps extends ExecutorProps {
  /** documented: deployments-cdk/depot-cdk/executors; must be given. */
  readonly credentials: SnowflakeCredentials;
  /** documented: deployments-cdk/depot-cdk/executors. inferred: required, and the form written by hand. */
  readonly warehouse: SnowflakeWarehouse | CustomSnowflakeWarehouse;
}

/** documented: deployments-cdk/depot-cdk/executors. */
export class Snowflake extends ExecutorBase {
  constructor(scope: Construct, id: string, props: SnowflakeProps) {
    const warehouse = SnowflakeWarehouse._of(props.warehouse);
    const rendered: SnowflakeProps = { ...props, warehouse };
    super(scope, id, "snowflake", rendered);
  }
}
