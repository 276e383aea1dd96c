// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { OrdersStack } from "../lib/orders-stack";
import { SharedStack } from "../lib/shared-stack";

test("orders synthesises", () => {
  const stack = new OrdersStack(new App(), "orders");
  const template = Template.fromStack(stack);

  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("Audit")).toBeDefined();
  expect(stack.node.tryFindChild("G")).toBeDefined();
  expect(stack.node.tryFindChild("More")).toBeDefined();
  expect(stack.node.tryFindChild("P")).toBeDefined();
  expect(stack.node.tryFindChild("D")).toBeDefined();
  template.hasOutput("X", {});

  expect(template.toJSON()).toMatchSnapshot();
});

test("shared synthesises", () => {
  const stack = new SharedStack(new App(), "shared");
  const template = Template.fromStack(stack);

  expect(stack.node.tryFindChild("Notes")).toBeDefined();
  template.hasOutput("N", {});

  expect(template.toJSON()).toMatchSnapshot();
});
