import { Construct } from "constructs";
import { ExecutorBase, ExecutorProps } from "./executor-base";

/** inferred: development/guides/aurora/Transactions speaks of the default executor without naming a class. */
export class Default extends ExecutorBase {
  constructor(scope: Construct, id: string, props: ExecutorProps) {
    super(scope, id, "default", props);
  }
}
