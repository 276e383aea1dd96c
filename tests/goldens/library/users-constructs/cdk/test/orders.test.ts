// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { OrdersStack } from "../lib/orders-stack";

test("orders synthesises", () => {
  const stack = new OrdersStack(new App(), "orders");
  const template = Template.fromStack(stack);

  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("Alarms")).toBeDefined();
  expect(stack.node.tryFindChild("Events")).toBeDefined();
  expect(stack.node.tryFindChild("Failed")).toBeDefined();
  expect(stack.node.tryFindChild("Hot")).toBeDefined();
  expect(stack.node.tryFindChild("JobsA")).toBeDefined();
  expect(stack.node.tryFindChild("JobsB")).toBeDefined();
  expect(stack.node.tryFindChild("News1")).toBeDefined();
  expect(stack.node.tryFindChild("Search")).toBeDefined();
  template.hasOutput("Arn", {});
  template.hasOutput("Bus", {});
  template.hasOutput("Jobs", {});
  template.hasOutput("Thing", {});

  expect(template.toJSON()).toMatchSnapshot();
});
