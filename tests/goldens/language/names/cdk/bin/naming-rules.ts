#!/usr/bin/env node
// Written by depotc from the .depot source; changes belong there.
import { App } from "aws-cdk-lib/core";
import { NamingRulesStack } from "../lib/namingRules-stack";

const app = new App();
new NamingRulesStack(app, "namingRules");
