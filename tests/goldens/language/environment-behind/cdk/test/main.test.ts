// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { OrdersStack } from "../lib/orders-stack";
import { PlainStack } from "../lib/plain-stack";

test("orders synthesises", () => {
  const stack = new OrdersStack(new App(), "orders");
  const template = Template.fromStack(stack);

  expect(stack.node.tryFindChild("One")).toBeDefined();
  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("Hot")).toBeDefined();
  expect(stack.node.tryFindChild("Two")).toBeDefined();

  expect(template.toJSON()).toMatchSnapshot();
});

test("plain synthesises", () => {
  const stack = new PlainStack(new App(), "plain");
  const template = Template.fromStack(stack);

  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("Hot")).toBeDefined();

  expect(template.toJSON()).toMatchSnapshot();
});
