/** documented: deployments-cdk/depot-cdk/executors, for `Snowflake`. */
export { Default } from "./default";
export { LongRunning } from "./long-running";
export {
  Snowflake,
  type SnowflakeCredentials,
  type SnowflakeProps,
} from "./snowflake";
export type { ExecutorProps, IExecutor } from "./executor-base";
