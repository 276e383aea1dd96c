#!/usr/bin/env node
// Written by depotc from the .depot source; changes belong there.
import { App } from "aws-cdk-lib/core";
import { EStack } from "../lib/e-stack";

const app = new App();
new EStack(app, "e");
