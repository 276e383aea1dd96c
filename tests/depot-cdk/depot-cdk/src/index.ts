/**
 * Stand-in for `@stage-tech/depot-cdk`, written from its public documentation for depotc's tests.
 *
 * Every exported name says whether it is documented, and on which page below
 * `https://stage-tech.github.io/stage-depot/docs/`, or inferred, and why. The CloudFormation shape is
 * documented for locations only; docs/shapes.md holds the others, which are inferred.
 *
 * @packageDocumentation
 */
export * from "./stage-depot-environment";
export * from "./stage-depot-package";
export * from "./stage-depot-dataset";
export * from "./stage-depot-dataset-permission";
export * from "./stage-depot-firewall";
export * from "./stage-depot-transaction";
export { SnowflakeWarehouse } from "./executor/snowflake-warehouse";
export type {
  CustomSnowflakeWarehouse,
  DepotManagedSnowflakeWarehouseProps,
} from "./executor/snowflake-warehouse";
export { DynamoDBLocationCapacityMode } from "./location/dynamodb";
export { ReplicationMode } from "./location/composite";
export * as Location from "./location";
export * as Executor from "./executor";
export * as Gateway from "./gateway";
