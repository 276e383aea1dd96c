// Written by depotc from the .depot source; changes belong there.
import { Environment, Location } from "@stage-tech/depot-cdk";
import {
  Aws,
  CfnOutput,
  CfnParameter,
  Stack,
  StackProps,
} from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class DeployedStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const loginArn = new CfnParameter(this, "LoginArn", {
      description: "A secret's ARN.",
      allowedPattern:
        "^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+$",
      constraintDescription: "must be a value of arn.secretsmanager",
    });

    const names = new CfnParameter(this, "Names", {
      type: "CommaDelimitedList",
      description: "A list of words.",
    });

    const ratio = new CfnParameter(this, "Ratio", {
      type: "Number",
      description: "A share.",
    });

    const short = new CfnParameter(this, "Short", {
      description: "A name with a form.",
      allowedPattern: "^[a-z]+$",
      minLength: 3,
      maxLength: 10,
    });

    const size = new CfnParameter(this, "Size", {
      type: "Number",
      description: "A number between bounds.",
      default: 3,
      minValue: 1,
      maxValue: 10,
    });

    const stage = new CfnParameter(this, "Stage", {
      description: "One of three.",
      default: "dev",
      allowedValues: ["dev", "staging", "prod"],
    });

    const undocumented = new CfnParameter(this, "Undocumented");

    const word = new CfnParameter(this, "Word", {
      description: "A word.",
      default: "default",
    });

    const environment = new Environment(this, "Environment", {
      account: { name: word.valueAsString, id: Aws.ACCOUNT_ID },
      name: `deployed-${stage.valueAsString}`,
    });

    new Location.Snowflake(this, "Figures", {
      environment,
      name: "figures",
      accountId: "AB12345",
      region: "eu-west-1",
      warehouse: undocumented.valueAsString,
      credentialsSecretArn: loginArn.valueAsString,
      dataLocations: names.valueAsList,
    });

    new CfnOutput(this, "Summary", {
      value: `${word.valueAsString} ${size.valueAsString} ${ratio.valueAsString} ${short.valueAsString}`,
    });
  }
}
