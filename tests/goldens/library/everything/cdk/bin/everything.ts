#!/usr/bin/env node
// Written by depotc from the .depot source; changes belong there.
import { App } from "aws-cdk-lib/core";
import { EverythingStack } from "../lib/everything-stack";

const app = new App();
new EverythingStack(app, "everything");
