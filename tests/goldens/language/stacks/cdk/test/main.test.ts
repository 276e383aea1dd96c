// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { FirstStack } from "../lib/first-stack";
import { SecondStack } from "../lib/second-stack";

test("first synthesises", () => {
  const stack = new FirstStack(new App(), "first");
  const template = Template.fromStack(stack);

  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("Shared")).toBeDefined();
  expect(stack.node.tryFindChild("Store")).toBeDefined();
  expect(stack.node.tryFindChild("Orders")).toBeDefined();

  expect(template.toJSON()).toMatchSnapshot();
});

test("second synthesises", () => {
  const stack = new SecondStack(new App(), "second");
  const template = Template.fromStack(stack);

  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("Model")).toBeDefined();
  expect(stack.node.tryFindChild("Store")).toBeDefined();
  expect(stack.node.tryFindChild("Orders")).toBeDefined();
  template.hasOutput("Id", {});

  expect(template.toJSON()).toMatchSnapshot();
});
