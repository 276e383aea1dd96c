#!/usr/bin/env node
// Written by depotc from the .depot source; changes belong there.
import { App } from "aws-cdk-lib/core";
import { OrdersStack } from "../lib/orders-stack";
import { PlainStack } from "../lib/plain-stack";

const app = new App();
new OrdersStack(app, "orders");
new PlainStack(app, "plain");
