// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { PlatformStack } from "../lib/platform-stack";

test("platform synthesises", () => {
  const stack = new PlatformStack(new App(), "platform");
  const template = Template.fromStack(stack);

  template.hasParameter("Names", {});
  template.hasParameter("SecretArn", {});
  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("Executor00")).toBeDefined();
  expect(stack.node.tryFindChild("Location00")).toBeDefined();
  expect(stack.node.tryFindChild("Location01")).toBeDefined();
  expect(stack.node.tryFindChild("Location01Step2")).toBeDefined();
  expect(stack.node.tryFindChild("Package01")).toBeDefined();
  expect(stack.node.tryFindChild("Resource00")).toBeDefined();
  expect(stack.node.tryFindChild("Module00After")).toBeDefined();
  expect(stack.node.tryFindChild("Dataset00Turn2")).toBeDefined();
  expect(stack.node.tryFindChild("Resource01After")).toBeDefined();
  expect(stack.node.tryFindChild("Resource01Step2")).toBeDefined();
  expect(stack.node.tryFindChild("Pipeline01Turn2")).toBeDefined();
  template.hasOutput("HotId", {});
  template.hasOutput("Told", {});

  expect(template.toJSON()).toMatchSnapshot();
});
