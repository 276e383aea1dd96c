#!/usr/bin/env node
// Written by depotc from the .depot source; changes belong there.
import { App } from "aws-cdk-lib/core";
import { PlatformStack } from "../lib/platform-stack";

const app = new App();
new PlatformStack(app, "platform");
