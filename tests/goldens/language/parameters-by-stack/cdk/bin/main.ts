#!/usr/bin/env node
// Written by depotc from the .depot source; changes belong there.
import { App } from "aws-cdk-lib/core";
import { OneStack } from "../lib/one-stack";
import { ThreeStack } from "../lib/three-stack";
import { TwoStack } from "../lib/two-stack";

const app = new App();
new OneStack(app, "one");
new ThreeStack(app, "three");
new TwoStack(app, "two");
