import { Construct } from "constructs";
import { ExecutorBase, ExecutorProps } from "./executor-base";

/** inferred: development/guides/aurora/Transactions speaks of a long-running executor without naming a class. */
export class LongRunning extends ExecutorBase {
  constructor(scope: Construct, id: string, props: ExecutorProps) {
    super(scope, id, "longrunning", props);
  }
}
