// Written by depotc from the .depot source; changes belong there.
import { Dataset, Environment, Location, Package } from "@stage-tech/depot-cdk";
import { Schemas } from "@stage-tech/depot-package-common";
import { Aws, CfnParameter, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class EStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const loginArn = new CfnParameter(this, "LoginArn", {
      allowedPattern:
        "^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+$",
      constraintDescription: "must be a value of arn.secretsmanager",
    });

    const environment = new Environment(this, "Environment", {
      account: { name: "a", id: Aws.ACCOUNT_ID },
      name: "poc",
    });

    const figures = new Location.Snowflake(this, "Figures", {
      environment,
      name: "figures",
      accountId: "AB12345",
      region: "eu-west-1",
      warehouse: "WH",
      credentialsSecretArn: loginArn.valueAsString,
    });

    const hot = new Location.DynamoDB(this, "Hot", {
      environment,
      name: "hot",
    });

    const lake = new Location.S3Tables(this, "Lake", {
      environment,
      name: "lake",
    });

    const both = new Location.Composite(this, "Both", {
      environment,
      name: "both",
      primaryLocation: figures,
      replicaLocation: lake,
    });

    const all = new Location.Composite(this, "All", {
      environment,
      name: "all",
      primaryLocation: hot,
      replicaLocation: both,
    });

    const model = new Package(this, "Model", {
      name: "model",
      version: "1.0.0",
      schemas: Schemas.fromYamlFiles(["./s"]),
    });

    new Dataset(this, "One", {
      environment,
      name: "one",
      location: all,
      package: model,
      s3tables: { namespaceName: "first" },
    });

    new Dataset(this, "Two", {
      environment,
      name: "two",
      location: both,
      package: model,
    });
  }
}
