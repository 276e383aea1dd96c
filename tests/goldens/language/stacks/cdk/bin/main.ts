#!/usr/bin/env node
// Written by depotc from the .depot source; changes belong there.
import { App } from "aws-cdk-lib/core";
import { FirstStack } from "../lib/first-stack";
import { SecondStack } from "../lib/second-stack";

const app = new App();
new FirstStack(app, "first");
new SecondStack(app, "second");
