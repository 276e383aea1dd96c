// Written by depotc from the .depot source; changes belong there.
import { Construct } from "constructs";

export class Nothing extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
  }
}
