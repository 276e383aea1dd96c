import {
  Environment,
  IStageDepotEnvironment,
  Location,
} from "@stage-tech/depot-cdk";
import { TransactionRequest } from "@stage-tech/depot-schema";
import { AccountPrincipal, Role } from "aws-cdk-lib/aws-iam";
import { DefinitionBody, StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Aws, Stack, StackProps } from "aws-cdk-lib/core";
import { Construct } from "constructs";

/** Resources in an environment that is already there. */
export class SharedStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const environment: IStageDepotEnvironment =
      Environment.fromEnvironmentProps(this, "Shared", {
        accountId: Aws.ACCOUNT_ID,
        environmentId: "shared-12345678",
      });
    new Role(this, "Caller", {
      assumedBy: new AccountPrincipal(environment.accountId),
    });
    new Location.DynamoDB(this, "Team", { environment, name: "team" });
    const formats = Object.values(TransactionRequest.Format);
    const copy = environment.runTransaction(this, "Copy", {
      datasetId: "0123456789ab",
      actions: formats.map((format) => ({
        operation: "INSERT_IGNORE",
        format,
        sourceDatasetId: "ba9876543210",
        source: "Order",
        target: "Order",
        query: "SELECT * FROM Order",
        arguments: { limit: 10 },
        columnOrder: ["id"],
      })),
    });
    new StateMachine(this, "Machine", {
      definitionBody: DefinitionBody.fromChainable(copy),
    });
  }
}
