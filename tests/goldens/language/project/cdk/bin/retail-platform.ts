#!/usr/bin/env node
// Written by depotc from the .depot source; changes belong there.
import { App } from "aws-cdk-lib/core";
import { OrdersStack } from "../lib/orders-stack";

const app = new App();
new OrdersStack(app, "orders", {
  tags: { team: "retail", "cost-centre": '4711 "R&D"', "a:b": "eu-west-1" },
});
