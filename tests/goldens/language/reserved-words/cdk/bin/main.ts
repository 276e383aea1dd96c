#!/usr/bin/env node
// Written by depotc from the .depot source; changes belong there.
import { App } from "aws-cdk-lib/core";
import { ClassStack } from "../lib/class-stack";
import { EnvironmentStack } from "../lib/environment-stack";
import { ForStack } from "../lib/for_-stack";
import { ImportStack } from "../lib/import-stack";
import { LetStack } from "../lib/let-stack";

const app = new App();
new ClassStack(app, "class");
new EnvironmentStack(app, "environment");
new ForStack(app, "for_", { stackName: "for-" });
new ImportStack(app, "import");
new LetStack(app, "let");
