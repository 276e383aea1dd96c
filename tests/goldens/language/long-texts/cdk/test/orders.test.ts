// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { OrdersStack } from "../lib/orders-stack";

test("orders synthesises", () => {
  const stack = new OrdersStack(new App(), "orders");
  const template = Template.fromStack(stack);

  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("Hot")).toBeDefined();
  expect(stack.node.tryFindChild("Model")).toBeDefined();
  expect(stack.node.tryFindChild("D")).toBeDefined();
  template.hasOutput("Long", {});

  expect(template.toJSON()).toMatchSnapshot();
});
