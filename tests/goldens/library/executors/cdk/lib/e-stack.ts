// Written by depotc from the .depot source; changes belong there.
import {
  Environment,
  Executor,
  SnowflakeWarehouse,
} from "@stage-tech/depot-cdk";
import {
  Aws,
  CfnOutput,
  CfnParameter,
  Stack,
  StackProps,
} from "aws-cdk-lib/core";
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
      name: "e",
    });

    new Executor.Snowflake(this, "ByHand", {
      environment,
      name: "by-hand",
      credentials: {
        credentialsSecretArn: loginArn.valueAsString,
        accountId: "AB12345",
        region: "eu-west-1",
      },
      warehouse: { name: "HAND_WH", size: "LARGE", autoSuspendSeconds: 0 },
    });

    new Executor.Snowflake(this, "ByHandLeast", {
      environment,
      name: "by-hand-least",
      credentials: {
        credentialsSecretArn: loginArn.valueAsString,
        accountId: "AB12345",
        region: "eu-west-1",
      },
      warehouse: { name: "HAND_LEAST_WH" },
    });

    new Executor.Snowflake(this, "Existing", {
      environment,
      name: "existing",
      credentials: {
        credentialsSecretArn: loginArn.valueAsString,
        accountId: "AB12345",
        region: "eu-west-1",
      },
      warehouse: SnowflakeWarehouse.existing("WH"),
    });

    new Executor.LongRunning(this, "Long", {
      environment,
      name: "long-running",
    });

    const managed = new Executor.Snowflake(this, "Managed", {
      environment,
      name: "managed",
      credentials: {
        credentialsSecretArn: loginArn.valueAsString,
        accountId: "AB12345",
        region: "eu-west-1",
      },
      warehouse: SnowflakeWarehouse.depotManaged({
        name: "MANAGED_WH",
        size: "SMALL",
        autoSuspendSeconds: 60,
      }),
    });

    new Executor.Snowflake(this, "ManagedLeast", {
      environment,
      name: "managed-least",
      credentials: {
        credentialsSecretArn: loginArn.valueAsString,
        accountId: "AB12345",
        region: "eu-west-1",
      },
      warehouse: SnowflakeWarehouse.depotManaged({ name: "LEAST_WH" }),
    });

    new Executor.Snowflake(this, "Qualified", {
      environment,
      name: "qualified",
      credentials: {
        credentialsSecretArn: loginArn.valueAsString,
        accountId: "AB12345",
        region: "eu-west-1",
      },
      warehouse: SnowflakeWarehouse.existing("WH"),
    });

    new Executor.Default(this, "Standard", {
      environment,
      name: "standard",
    });

    new CfnOutput(this, "Id", {
      value: managed.executorId,
    });
  }
}
