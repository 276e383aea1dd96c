// Written by depotc from the .depot source; changes belong there.
import {
  DynamoDBLocationCapacityMode,
  Environment,
  Location,
} from "@stage-tech/depot-cdk";
import { Construct } from "constructs";
import { Searchable } from "./searchable";

export interface ClassProps {
  readonly environment: Environment;
  readonly props: string;
  readonly node: Location.DynamoDB;
  readonly stage: string;
}

export class Class extends Construct {
  public readonly default: Location.Composite;
  public readonly nodeOutput: Location.DynamoDB;

  constructor(scope: Construct, id: string, props: ClassProps) {
    super(scope, id);

    const newLocation = new Location.DynamoDB(this, "New", {
      environment: props.environment,
      name: `${props.props}-new`,
    });
    newLocation.node.addDependency(props.node);

    const superSearchable = new Searchable(this, "Super", {
      environment: props.environment,
      prefix: `${props.props}-super`,
      mode: DynamoDBLocationCapacityMode.ONDEMAND,
      version: 2,
      stage: props.stage,
      searchName: "PSUPER-search",
      names: `p-super-${props.stage}`,
    });

    this.default = superSearchable.all;
    this.nodeOutput = newLocation;
  }
}
