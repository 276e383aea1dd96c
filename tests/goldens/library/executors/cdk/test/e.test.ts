// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { EStack } from "../lib/e-stack";

test("e synthesises", () => {
  const stack = new EStack(new App(), "e");
  const template = Template.fromStack(stack);

  template.hasParameter("LoginArn", {});
  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("ByHand")).toBeDefined();
  expect(stack.node.tryFindChild("ByHandLeast")).toBeDefined();
  expect(stack.node.tryFindChild("Existing")).toBeDefined();
  expect(stack.node.tryFindChild("Long")).toBeDefined();
  expect(stack.node.tryFindChild("Managed")).toBeDefined();
  expect(stack.node.tryFindChild("ManagedLeast")).toBeDefined();
  expect(stack.node.tryFindChild("Qualified")).toBeDefined();
  expect(stack.node.tryFindChild("Standard")).toBeDefined();
  template.hasOutput("Id", {});

  expect(template.toJSON()).toMatchSnapshot();
});
