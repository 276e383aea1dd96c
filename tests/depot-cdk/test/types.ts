/**
 * What the types must refuse. Never run: `tsc` fails if one of these is accepted, because its `@ts-expect-error`
 * then expects nothing. Each statement stays on one line, however long, because that is as far as the comment reaches.
 */
import {
  Dataset,
  DatasetExecutorPurpose,
  DynamoDBLocationCapacityMode,
  Environment,
  Executor,
  Gateway,
  Location,
  Package,
  ReplicationMode,
  StageDepotAwsManagedWafRule,
} from "@stage-tech/depot-cdk";
import { Schemas } from "@stage-tech/depot-package-common";
import { TransactionRequest } from "@stage-tech/depot-schema";
import { Stack } from "aws-cdk-lib/core";

export function refusedEnvironments(stack: Stack): void {
  // @ts-expect-error an account has an id
  new Environment(stack, "A", { account: { name: "a" }, name: "a" });
  const account = { name: "retail", id: "111122223333" };
  // @ts-expect-error a VPC is a name or a flag
  new Environment(stack, "B", { account, name: "b", useSharedVpc: 1 });
  // @ts-expect-error unknown property
  new Environment(stack, "C", { account, name: "c", sharedVpc: true });
  // @ts-expect-error an enumeration, not its text
  new Environment(stack, "D", { account, name: "d", frontend: { taskSize: "SMALL" } });
  // @ts-expect-error needs the account too
  Environment.fromEnvironmentProps(stack, "E", { environmentId: "shared-1" });
}

export function refusedLocations(stack: Stack, environment: Environment): void {
  // @ts-expect-error every location stands in an environment
  new Location.DynamoDB(stack, "A", { name: "a" });
  // @ts-expect-error unknown property
  new Location.DynamoDB(stack, "B", { environment, name: "b", capacityMod: DynamoDBLocationCapacityMode.ONDEMAND });
  // @ts-expect-error a member of another enumeration
  new Location.DynamoDB(stack, "C", { environment, name: "c", capacityMode: ReplicationMode.IMMEDIATE });
  // @ts-expect-error there are Iceberg versions 2 and 3
  new Location.S3Tables(stack, "D", { environment, name: "d", icebergVersion: 1 });
  // @ts-expect-error no such policy
  new Location.S3Tables(stack, "E", { environment, name: "e", removalPolicy: "KEEP" });
  const hot = new Location.DynamoDB(stack, "F", { environment, name: "f" });
  // @ts-expect-error it is called replicaLocation
  new Location.Composite(stack, "G", { environment, name: "g", primaryLocation: hot, secondaryLocation: hot });
  // @ts-expect-error Snowflake is reached with accountId, region, warehouse and credentials
  new Location.Snowflake(stack, "H", { environment, accountUrl: "x" });
  // @ts-expect-error an executor is no location
  new Location.Composite(stack, "I", { environment, name: "i", primaryLocation: hot, replicaLocation: new Executor.Default(stack, "J", { environment, name: "j" }) });
}

export function refusedGateways(stack: Stack, environment: Environment): void {
  // @ts-expect-error WebSocket gateways have no firewall
  new Gateway.WebSocket(stack, "A", { environment, firewall: {} });
  // @ts-expect-error Lambda gateways have no firewall
  new Gateway.Lambda(stack, "B", { environment, firewall: {} });
  // @ts-expect-error Lambda data gateways have no firewall
  new Gateway.LambdaData(stack, "C", { environment, firewall: {} });
  // @ts-expect-error the class is called API
  new Gateway.Api(stack, "D", { environment });
  const rules = [StageDepotAwsManagedWafRule.AWSManagedRulesCommonRuleSet];
  // @ts-expect-error one of the two names
  new Gateway.API(stack, "E", { environment, firewall: { managedRules: rules, managedWafRules: rules } });
  // @ts-expect-error an enumeration, not its text
  new Gateway.API(stack, "F", { environment, firewall: { managedRules: ["AWSManagedRulesCommonRuleSet"] } });
}

export function refusedDatasets(stack: Stack, environment: Environment): void {
  const schemas = Schemas.fromYamlFiles(["./schemas"]);
  // @ts-expect-error schemas are made with Schemas
  new Package(stack, "A", { name: "a", version: "1.0.0", schemas: ["./schemas"] });
  // @ts-expect-error a package stands in no environment
  new Package(stack, "B", { name: "b", version: "1.0.0", schemas, environment });
  const pkg = new Package(stack, "C", { name: "c", version: "1.0.0", schemas });
  const location = new Location.Glue(stack, "D", { environment, name: "d" });
  const props = { environment, name: "x", location, package: pkg };
  const executor = new Executor.Default(stack, "E", { environment, name: "e" });
  // @ts-expect-error purposes are a list
  new Dataset(stack, "F", { ...props, executors: [{ purposes: DatasetExecutorPurpose.API, executor }] });
  // @ts-expect-error an event bus belongs to asynchronous migration
  new Dataset(stack, "G", { ...props, migrationOptions: { migrationMode: { type: "synchronous", eventBusArn: "x" } } });
  // @ts-expect-error an external namespace has a name
  new Dataset(stack, "H", { ...props, s3tables: { namespaceManagement: "EXTERNAL" } });
  // @ts-expect-error no such operation
  environment.runTransaction(stack, "I", { datasetId: "x", actions: [{ operation: "REPLACE" }] });
  // @ts-expect-error no such format
  environment.runTransaction(stack, "J", { datasetId: "x", actions: [{ operation: "UPSERT", format: TransactionRequest.Format.XML }] });
}
