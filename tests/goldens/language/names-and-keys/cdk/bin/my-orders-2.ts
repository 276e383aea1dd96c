#!/usr/bin/env node
// Written by depotc from the .depot source; changes belong there.
import { App } from "aws-cdk-lib/core";
import { MyOrders2Stack } from "../lib/MyOrders_2-stack";

const app = new App();
new MyOrders2Stack(app, "MyOrders_2", { stackName: "MyOrders-2" });
