// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { OrdersStack } from "../lib/orders-stack";

test("orders synthesises", () => {
  const stack = new OrdersStack(new App(), "orders");
  const template = Template.fromStack(stack);

  template.hasParameter("Acct", {});
  template.hasParameter("Bucket", {});
  template.hasParameter("LoginArn", {});
  template.hasParameter("N2", {});
  template.hasParameter("On", {});
  template.hasParameter("Ratio", {});
  template.hasParameter("Shards", {});
  template.hasParameter("Size", {});
  template.hasParameter("Stage", {});
  template.hasParameter("Words", {});
  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("Api")).toBeDefined();
  expect(stack.node.tryFindChild("Au")).toBeDefined();
  expect(stack.node.tryFindChild("Ex")).toBeDefined();
  expect(stack.node.tryFindChild("Fw")).toBeDefined();
  expect(stack.node.tryFindChild("Hot")).toBeDefined();
  expect(stack.node.tryFindChild("Model")).toBeDefined();
  expect(stack.node.tryFindChild("Sf")).toBeDefined();
  expect(stack.node.tryFindChild("Users")).toBeDefined();
  expect(stack.node.tryFindChild("Dd")).toBeDefined();
  template.hasOutput("A", {});
  template.hasOutput("B", {});
  template.hasOutput("C", {});
  template.hasOutput("D", {});
  template.hasOutput("E", {});
  template.hasOutput("F", {});
  template.hasOutput("G", {});
  template.hasOutput("H", {});
  template.hasOutput("I", {});
  template.hasOutput("J", {});
  template.hasOutput("K", {});
  template.hasOutput("L", {});
  template.hasOutput("M", {});
  template.hasOutput("N", {});
  template.hasOutput("O", {});
  template.hasOutput("P", {});
  template.hasOutput("Q", {});

  expect(template.toJSON()).toMatchSnapshot();
});
