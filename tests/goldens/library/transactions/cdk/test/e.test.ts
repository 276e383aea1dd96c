// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { EStack } from "../lib/e-stack";

test("e synthesises", () => {
  const stack = new EStack(new App(), "e");
  const template = Template.fromStack(stack);

  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("Model")).toBeDefined();
  expect(stack.node.tryFindChild("Other")).toBeDefined();
  expect(stack.node.tryFindChild("Sql")).toBeDefined();
  expect(stack.node.tryFindChild("Orders")).toBeDefined();
  expect(stack.node.tryFindChild("Stock")).toBeDefined();
  expect(stack.node.tryFindChild("ByHand")).toBeDefined();
  expect(stack.node.tryFindChild("Nightly")).toBeDefined();
  template.hasOutput("Arn", {});

  expect(template.toJSON()).toMatchSnapshot();
});
