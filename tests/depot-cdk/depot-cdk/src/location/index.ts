/** documented: deployments-cdk/depot-cdk/location, the list of types. */
export { Aurora, type AuroraProps, type AuroraCluster } from "./aurora";
export { Cognito, type CognitoProps } from "./cognito";
export { Composite, type CompositeProps } from "./composite";
export { DynamoDB, type DynamoDBProps } from "./dynamodb";
export { ElasticSearch, type ElasticSearchProps } from "./elasticsearch";
export { Glue, type GlueProps } from "./glue";
export { Iceberg } from "./iceberg";
export { S3Tables, type S3TablesProps } from "./s3tables";
export { Snowflake, type SnowflakeProps } from "./snowflake";
export type { ILocation } from "./location-base";
