// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { EStack } from "../lib/e-stack";

test("e synthesises", () => {
  const stack = new EStack(new App(), "e");
  const template = Template.fromStack(stack);

  template.hasParameter("LoginArn", {});
  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("Figures")).toBeDefined();
  expect(stack.node.tryFindChild("Hot")).toBeDefined();
  expect(stack.node.tryFindChild("Lake")).toBeDefined();
  expect(stack.node.tryFindChild("Both")).toBeDefined();
  expect(stack.node.tryFindChild("All")).toBeDefined();
  expect(stack.node.tryFindChild("Model")).toBeDefined();
  expect(stack.node.tryFindChild("One")).toBeDefined();
  expect(stack.node.tryFindChild("Two")).toBeDefined();

  expect(template.toJSON()).toMatchSnapshot();
});
