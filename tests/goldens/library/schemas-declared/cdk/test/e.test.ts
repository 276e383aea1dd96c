// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { EStack } from "../lib/e-stack";

test("e synthesises", () => {
  const stack = new EStack(new App(), "e");
  const template = Template.fromStack(stack);

  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("Hot")).toBeDefined();
  expect(stack.node.tryFindChild("Model")).toBeDefined();
  expect(stack.node.tryFindChild("D")).toBeDefined();
  expect(stack.node.tryFindChild("Other")).toBeDefined();

  expect(template.toJSON()).toMatchSnapshot();
});
