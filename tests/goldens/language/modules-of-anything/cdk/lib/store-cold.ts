// Written by depotc from the .depot source; changes belong there.
import { Environment, Location } from "@stage-tech/depot-cdk";
import { Construct } from "constructs";

export interface StoreColdProps {
  readonly environment: Environment;
  readonly name: string;
}

export class StoreCold extends Construct {
  public readonly first: string;
  public readonly hot: boolean;
  public readonly topics: never[];
  public readonly where: Location.ElasticSearch;

  constructor(scope: Construct, id: string, props: StoreColdProps) {
    super(scope, id);

    const t = new Location.ElasticSearch(this, "T", {
      environment: props.environment,
      name: `${props.name}-t`,
    });

    this.first = "none";
    this.hot = false;
    this.topics = [];
    this.where = t;
  }
}
