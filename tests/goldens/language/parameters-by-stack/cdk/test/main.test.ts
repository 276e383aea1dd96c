// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { OneStack } from "../lib/one-stack";
import { ThreeStack } from "../lib/three-stack";
import { TwoStack } from "../lib/two-stack";

test("one synthesises", () => {
  const stack = new OneStack(new App(), "one");
  const template = Template.fromStack(stack);

  template.hasParameter("A", {});
  expect(stack.node.tryFindChild("Environment")).toBeDefined();

  expect(template.toJSON()).toMatchSnapshot();
});

test("three synthesises", () => {
  const stack = new ThreeStack(new App(), "three");
  const template = Template.fromStack(stack);

  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("G0")).toBeDefined();
  expect(stack.node.tryFindChild("G1")).toBeDefined();
  template.hasOutput("First", {});

  expect(template.toJSON()).toMatchSnapshot();
});

test("two synthesises", () => {
  const stack = new TwoStack(new App(), "two");
  const template = Template.fromStack(stack);

  template.hasParameter("B", {});
  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  template.hasOutput("X", {});

  expect(template.toJSON()).toMatchSnapshot();
});
