// Written by depotc from the .depot source; changes belong there.
import { Environment } from "@stage-tech/depot-cdk";
import {
  Chain,
  DefinitionBody,
  StateMachine,
} from "aws-cdk-lib/aws-stepfunctions";
import { NestedStack } from "aws-cdk-lib/core";
import { Construct } from "constructs";

export interface PlatformPipeline01Turn2Props {
  readonly load: ReturnType<Environment["runTransaction"]>;
}

export class PlatformPipeline01Turn2 extends NestedStack {
  constructor(
    scope: Construct,
    id: string,
    props: PlatformPipeline01Turn2Props,
  ) {
    super(scope, id);

    new StateMachine(this, "Nightly", {
      stateMachineName: "nightly",
      definitionBody: DefinitionBody.fromChainable(Chain.start(props.load)),
    });
  }
}
