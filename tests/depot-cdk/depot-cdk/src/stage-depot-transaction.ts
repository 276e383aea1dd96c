import { TransactionRequest } from "@stage-tech/depot-schema";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import {
  QueryLanguage,
  TaskMetricsConfig,
  TaskStateBase,
  TaskStateBaseProps,
} from "aws-cdk-lib/aws-stepfunctions";
import { ArnFormat, Aws, Stack } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import type { IStageDepotEnvironment } from "./stage-depot-environment";

/** documented: development/data-pipeline/cross-location. */
export interface RunTransactionProps {
  /** documented: development/data-pipeline/cross-location. */
  readonly datasetId: string;
  /** documented: development/data-pipeline/transactions. */
  readonly actions: readonly TransactionRequest.Action[];
  /** documented: development/data-pipeline/cross-location. inferred: that it may be left out. */
  readonly resultPath?: string;
}

/** What the task is made from: the request, and the environment that runs it. */
export interface RunTransactionTaskProps extends RunTransactionProps {
  readonly environment: IStageDepotEnvironment;
}

/**
 * A Step Functions task that runs a transaction.
 *
 * documented: development/data-pipeline/transaction-cdk, that it is a step of a state machine, and the request's body.
 * inferred: that the Lambda gateway is invoked, and that its name is the environment's id followed by the
 * documented ending `-depot-lambda-gateway`.
 */
export class RunTransaction extends TaskStateBase {
  protected readonly taskMetrics?: TaskMetricsConfig;
  protected readonly taskPolicies?: PolicyStatement[];
  private readonly functionName: string;
  private readonly request: RunTransactionProps;

  constructor(scope: Construct, id: string, props: RunTransactionTaskProps) {
    const options: TaskStateBaseProps =
      props.resultPath === undefined ? {} : { resultPath: props.resultPath };
    super(scope, id, options);
    this.request = props;
    this.functionName = `${props.environment.environmentId}-depot-lambda-gateway`;
    this.taskPolicies = [
      new PolicyStatement({
        actions: ["lambda:InvokeFunction"],
        resources: [this.functionArn()],
      }),
    ];
  }

  /** @internal */
  protected override _renderTask(
    topLevelQueryLanguage?: QueryLanguage,
  ): unknown {
    const { datasetId, actions } = this.request;
    const body = {
      schema: "Transaction",
      operation: "create",
      data: { dataset: { id: datasetId }, actions },
    };
    return {
      Resource: `arn:${Aws.PARTITION}:states:::lambda:invoke`,
      ...this._renderParametersOrArguments(
        { FunctionName: this.functionName, Payload: body },
        topLevelQueryLanguage ?? QueryLanguage.JSON_PATH,
      ),
    };
  }

  private functionArn(): string {
    return Stack.of(this).formatArn({
      service: "lambda",
      resource: "function",
      resourceName: this.functionName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }
}
