// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { EStack } from "../lib/e-stack";

test("e synthesises", () => {
  const stack = new EStack(new App(), "e");
  const template = Template.fromStack(stack);

  template.hasParameter("TopicArn", {});
  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("Lake")).toBeDefined();
  expect(stack.node.tryFindChild("Long")).toBeDefined();
  expect(stack.node.tryFindChild("Model")).toBeDefined();
  expect(stack.node.tryFindChild("External")).toBeDefined();
  expect(stack.node.tryFindChild("Managed")).toBeDefined();
  expect(stack.node.tryFindChild("Renamed")).toBeDefined();
  expect(stack.node.tryFindChild("Runner")).toBeDefined();
  expect(stack.node.tryFindChild("Store")).toBeDefined();
  expect(stack.node.tryFindChild("Disabled")).toBeDefined();
  expect(stack.node.tryFindChild("Full")).toBeDefined();
  expect(stack.node.tryFindChild("Least")).toBeDefined();
  expect(stack.node.tryFindChild("Permitted")).toBeDefined();
  expect(stack.node.tryFindChild("Synchronous")).toBeDefined();
  expect(stack.node.tryFindChild("Users")).toBeDefined();
  template.hasOutput("Id", {});

  expect(template.toJSON()).toMatchSnapshot();
});
