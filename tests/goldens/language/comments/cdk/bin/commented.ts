#!/usr/bin/env node
// Written by depotc from the .depot source; changes belong there.
import { App } from "aws-cdk-lib/core";
import { CommentedStack } from "../lib/commented-stack";

const app = new App();
new CommentedStack(app, "commented");
