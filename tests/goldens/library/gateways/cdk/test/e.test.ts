// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { EStack } from "../lib/e-stack";

test("e synthesises", () => {
  const stack = new EStack(new App(), "e");
  const template = Template.fromStack(stack);

  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("Admin")).toBeDefined();
  expect(stack.node.tryFindChild("Data")).toBeDefined();
  expect(stack.node.tryFindChild("Full")).toBeDefined();
  expect(stack.node.tryFindChild("Guarded")).toBeDefined();
  expect(stack.node.tryFindChild("Least")).toBeDefined();
  expect(stack.node.tryFindChild("Live")).toBeDefined();
  expect(stack.node.tryFindChild("OtherName")).toBeDefined();
  expect(stack.node.tryFindChild("Signed")).toBeDefined();
  template.hasOutput("Id", {});
  template.hasOutput("Urls", {});

  expect(template.toJSON()).toMatchSnapshot();
});
