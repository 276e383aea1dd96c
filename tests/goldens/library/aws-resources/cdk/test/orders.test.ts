// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { OrdersStack } from "../lib/orders-stack";

test("orders synthesises", () => {
  const stack = new OrdersStack(new App(), "orders");
  const template = Template.fromStack(stack);

  template.hasParameter("Owner", {});
  template.hasParameter("Scope", {});
  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("Users2")).toBeDefined();
  expect(stack.node.tryFindChild("Users")).toBeDefined();
  template.hasOutput("Address", {});
  template.hasOutput("InModule", {});
  template.hasOutput("Thing", {});
  template.hasOutput("TopicRef", {});

  expect(template.toJSON()).toMatchSnapshot();
});
