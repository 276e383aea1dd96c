// Written by depotc from the .depot source; changes belong there.
import {
  DynamoDBLocationCapacityMode,
  Environment,
  Location,
  ReplicationMode,
} from "@stage-tech/depot-cdk";
import { Construct } from "constructs";

export interface SearchableArchiveProps {
  readonly environment: Environment;
  /** Begins all names. */
  readonly prefix: string;
  readonly mode: DynamoDBLocationCapacityMode;
  readonly version: 2;
  readonly stage: string;
}

/** A table that can be searched. */
export class SearchableArchive extends Construct {
  /** Both of them. */
  public readonly all: Location.Composite;
  public readonly names: string[];
  public readonly settings: { table: Location.DynamoDB; version: number };
  public readonly shards: Location.DynamoDB[];

  constructor(scope: Construct, id: string, props: SearchableArchiveProps) {
    super(scope, id);

    const lake = new Location.S3Tables(this, "Lake", {
      environment: props.environment,
      name: `${props.prefix}-${props.stage}`,
      icebergVersion: props.version,
    });

    const search = new Location.ElasticSearch(this, "Search", {
      environment: props.environment,
      name: "ARCHIVE-search",
    });

    const shardEu = new Location.DynamoDB(this, "ShardEu", {
      environment: props.environment,
      name: `${props.prefix}-eu`,
      capacityMode: props.mode,
    });

    const shardUs = new Location.DynamoDB(this, "ShardUs", {
      environment: props.environment,
      name: `${props.prefix}-us`,
      capacityMode: props.mode,
    });

    const table = new Location.DynamoDB(this, "Table", {
      environment: props.environment,
      name: `${props.prefix}-table`,
      capacityMode: props.mode,
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
    this.names = [props.prefix, `archive-${props.stage}`];
    this.settings = { table, version: props.version };
    this.shards = [shardEu, shardUs];
  }
}
