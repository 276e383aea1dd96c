// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { EverythingStack } from "../lib/everything-stack";

test("everything synthesises", () => {
  const stack = new EverythingStack(new App(), "everything");
  const template = Template.fromStack(stack);

  template.hasParameter("Bus", {});
  template.hasParameter("Role", {});
  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("Api")).toBeDefined();
  expect(stack.node.tryFindChild("Def")).toBeDefined();
  expect(stack.node.tryFindChild("Aurora")).toBeDefined();
  expect(stack.node.tryFindChild("Ddb")).toBeDefined();
  expect(stack.node.tryFindChild("Glue")).toBeDefined();
  expect(stack.node.tryFindChild("Iam")).toBeDefined();
  expect(stack.node.tryFindChild("Lake")).toBeDefined();
  expect(stack.node.tryFindChild("Lake2")).toBeDefined();
  expect(stack.node.tryFindChild("Lam")).toBeDefined();
  expect(stack.node.tryFindChild("Lamd")).toBeDefined();
  expect(stack.node.tryFindChild("Long")).toBeDefined();
  expect(stack.node.tryFindChild("Es")).toBeDefined();
  expect(stack.node.tryFindChild("Inner")).toBeDefined();
  expect(stack.node.tryFindChild("Comp")).toBeDefined();
  expect(stack.node.tryFindChild("P")).toBeDefined();
  expect(stack.node.tryFindChild("B")).toBeDefined();
  expect(stack.node.tryFindChild("D")).toBeDefined();
  expect(stack.node.tryFindChild("Sf2")).toBeDefined();
  expect(stack.node.tryFindChild("Sfx")).toBeDefined();
  expect(stack.node.tryFindChild("Sf")).toBeDefined();
  expect(stack.node.tryFindChild("Sfy")).toBeDefined();
  expect(stack.node.tryFindChild("Users")).toBeDefined();
  expect(stack.node.tryFindChild("A")).toBeDefined();
  expect(stack.node.tryFindChild("C")).toBeDefined();
  expect(stack.node.tryFindChild("Nightly")).toBeDefined();
  expect(stack.node.tryFindChild("Manual")).toBeDefined();
  expect(stack.node.tryFindChild("Ws")).toBeDefined();
  template.hasOutput("E", {});
  template.hasOutput("X", {});
  template.hasOutput("Y", {});

  expect(template.toJSON()).toMatchSnapshot();
});
