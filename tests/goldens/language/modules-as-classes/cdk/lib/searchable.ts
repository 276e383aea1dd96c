// Written by depotc from the .depot source; changes belong there.
import {
  DynamoDBLocationCapacityMode,
  Environment,
  Location,
  ReplicationMode,
} from "@stage-tech/depot-cdk";
import { Construct } from "constructs";

export interface SearchableProps {
  readonly environment:
    Environment | ReturnType<typeof Environment.fromEnvironmentProps>;
  /** Begins all names. */
  readonly prefix: string;
  readonly mode: DynamoDBLocationCapacityMode;
  readonly recovery?: boolean;
  readonly version: 2 | 3;
  readonly stage: string;
  readonly searchName: string;
  readonly names: string;
}

/** A table that can be searched. */
export class Searchable extends Construct {
  /** Both of them. */
  public readonly all: Location.Composite;
  public readonly names: string[];
  public readonly settings: { table: Location.DynamoDB; version: number };
  public readonly shards: never[];

  constructor(scope: Construct, id: string, props: SearchableProps) {
    super(scope, id);

    const lake = new Location.S3Tables(this, "Lake", {
      environment: props.environment,
      name: `${props.prefix}-${props.stage}`,
      icebergVersion: props.version,
    });

    const search = new Location.ElasticSearch(this, "Search", {
      environment: props.environment,
      name: props.searchName,
    });

    const table = new Location.DynamoDB(this, "Table", {
      environment: props.environment,
      name: `${props.prefix}-table`,
      capacityMode: props.mode,
      pointInTimeRecovery: props.recovery,
    });

    const both = new Location.Composite(this, "Both", {
      environment: props.environment,
      name: props.prefix,
      primaryLocation: table,
      replicaLocation: search,
      replicationMode: ReplicationMode.IMMEDIATE,
    });
    both.node.addDependency(lake);

    this.all = both;
    this.names = [props.prefix, props.names];
    this.settings = { table, version: props.version };
    this.shards = [];
  }
}
