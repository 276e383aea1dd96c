#!/usr/bin/env node
// Written by depotc from the .depot source; changes belong there.
import { App } from "aws-cdk-lib/core";
import { DeployedStack } from "../lib/deployed-stack";

const app = new App();
new DeployedStack(app, "deployed");
