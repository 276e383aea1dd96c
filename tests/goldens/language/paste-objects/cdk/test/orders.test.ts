// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { OrdersStack } from "../lib/orders-stack";

test("orders synthesises", () => {
  const stack = new OrdersStack(new App(), "orders");
  const template = Template.fromStack(stack);

  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("Api")).toBeDefined();
  expect(stack.node.tryFindChild("CognitoLocation")).toBeDefined();
  expect(stack.node.tryFindChild("Ddb")).toBeDefined();
  expect(stack.node.tryFindChild("Es")).toBeDefined();
  expect(stack.node.tryFindChild("Comp")).toBeDefined();
  expect(stack.node.tryFindChild("Ex")).toBeDefined();
  expect(stack.node.tryFindChild("Lake")).toBeDefined();
  expect(stack.node.tryFindChild("Pkg")).toBeDefined();
  expect(stack.node.tryFindChild("Ds")).toBeDefined();
  expect(stack.node.tryFindChild("Ice")).toBeDefined();
  expect(stack.node.tryFindChild("Sf")).toBeDefined();
  expect(stack.node.tryFindChild("Ws")).toBeDefined();

  expect(template.toJSON()).toMatchSnapshot();
});
