// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { OrdersStack } from "../lib/orders-stack";
import { SharedStack } from "../lib/shared-stack";

test("orders synthesises", () => {
  const stack = new OrdersStack(new App(), "orders");
  const template = Template.fromStack(stack);

  template.hasParameter("Stage", {});
  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("Archive")).toBeDefined();
  expect(stack.node.tryFindChild("Base")).toBeDefined();
  expect(stack.node.tryFindChild("Empty")).toBeDefined();
  expect(stack.node.tryFindChild("First")).toBeDefined();
  expect(stack.node.tryFindChild("ManyA")).toBeDefined();
  expect(stack.node.tryFindChild("ManyB")).toBeDefined();
  expect(stack.node.tryFindChild("Model")).toBeDefined();
  expect(stack.node.tryFindChild("Four")).toBeDefined();
  expect(stack.node.tryFindChild("Props")).toBeDefined();
  expect(stack.node.tryFindChild("Second")).toBeDefined();
  expect(stack.node.tryFindChild("One")).toBeDefined();
  expect(stack.node.tryFindChild("Three")).toBeDefined();
  expect(stack.node.tryFindChild("Two")).toBeDefined();
  template.hasOutput("Names", {});

  expect(template.toJSON()).toMatchSnapshot();
});

test("shared synthesises", () => {
  const stack = new SharedStack(new App(), "shared");
  const template = Template.fromStack(stack);

  template.hasParameter("Stage", {});
  expect(stack.node.tryFindChild("First")).toBeDefined();

  expect(template.toJSON()).toMatchSnapshot();
});
