// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { NamingRulesStack } from "../lib/namingRules-stack";

test("namingRules synthesises", () => {
  const stack = new NamingRulesStack(new App(), "namingRules");
  const template = Template.fromStack(stack);

  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("HttpServer2")).toBeDefined();
  expect(stack.node.tryFindChild("CamelCaseName")).toBeDefined();
  expect(stack.node.tryFindChild("Class")).toBeDefined();
  expect(stack.node.tryFindChild("Named")).toBeDefined();
  expect(stack.node.tryFindChild("Scope")).toBeDefined();
  expect(stack.node.tryFindChild("Simple")).toBeDefined();
  expect(stack.node.tryFindChild("WithUnderscore")).toBeDefined();

  expect(template.toJSON()).toMatchSnapshot();
});
