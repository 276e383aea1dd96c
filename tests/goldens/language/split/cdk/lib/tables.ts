// Written by depotc from the .depot source; changes belong there.
import { Environment, Location, ReplicationMode } from "@stage-tech/depot-cdk";
import { Construct } from "constructs";

export interface TablesProps {
  readonly environment: Environment;
  readonly prefix: string;
  readonly next: Location.Composite;
}

export class Tables extends Construct {
  public readonly whole: Location.Composite;

  constructor(scope: Construct, id: string, props: TablesProps) {
    super(scope, id);

    const main = new Location.DynamoDB(this, "Main", {
      environment: props.environment,
      name: `${props.prefix}-main`,
    });

    const pair = new Location.Composite(this, "Pair", {
      environment: props.environment,
      name: props.prefix,
      primaryLocation: main,
      replicaLocation: props.next,
      replicationMode: ReplicationMode.IMMEDIATE,
    });

    this.whole = pair;
  }
}
