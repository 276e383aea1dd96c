// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { ClassStack } from "../lib/class-stack";
import { EnvironmentStack } from "../lib/environment-stack";
import { ForStack } from "../lib/for_-stack";
import { ImportStack } from "../lib/import-stack";
import { LetStack } from "../lib/let-stack";

test("class synthesises", () => {
  const stack = new ClassStack(new App(), "class");
  const template = Template.fromStack(stack);

  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("CfnOutput")).toBeDefined();
  expect(stack.node.tryFindChild("Location")).toBeDefined();
  expect(stack.node.tryFindChild("App")).toBeDefined();
  expect(stack.node.tryFindChild("Arguments")).toBeDefined();
  expect(stack.node.tryFindChild("Await")).toBeDefined();
  expect(stack.node.tryFindChild("Cdk")).toBeDefined();
  expect(stack.node.tryFindChild("Class")).toBeDefined();
  expect(stack.node.tryFindChild("Constructor")).toBeDefined();
  expect(stack.node.tryFindChild("Default")).toBeDefined();
  expect(stack.node.tryFindChild("Id")).toBeDefined();
  expect(stack.node.tryFindChild("New")).toBeDefined();
  expect(stack.node.tryFindChild("Props")).toBeDefined();
  expect(stack.node.tryFindChild("Scope")).toBeDefined();
  expect(stack.node.tryFindChild("Stack")).toBeDefined();
  expect(stack.node.tryFindChild("Super")).toBeDefined();
  expect(stack.node.tryFindChild("This")).toBeDefined();
  expect(stack.node.tryFindChild("Undefined")).toBeDefined();

  expect(template.toJSON()).toMatchSnapshot();
});

test("environment synthesises", () => {
  const stack = new EnvironmentStack(new App(), "environment");
  const template = Template.fromStack(stack);

  expect(stack.node.tryFindChild("Environment")).toBeDefined();

  expect(template.toJSON()).toMatchSnapshot();
});

test("for_ synthesises", () => {
  const stack = new ForStack(new App(), "for_", { stackName: "for-" });
  const template = Template.fromStack(stack);

  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("As")).toBeDefined();
  expect(stack.node.tryFindChild("At")).toBeDefined();
  expect(stack.node.tryFindChild("Attribute")).toBeDefined();
  expect(stack.node.tryFindChild("Else")).toBeDefined();
  expect(stack.node.tryFindChild("Extend")).toBeDefined();
  expect(stack.node.tryFindChild("From")).toBeDefined();
  expect(stack.node.tryFindChild("Let")).toBeDefined();
  expect(stack.node.tryFindChild("Location")).toBeDefined();
  expect(stack.node.tryFindChild("Package")).toBeDefined();
  expect(stack.node.tryFindChild("Require")).toBeDefined();
  expect(stack.node.tryFindChild("Resource")).toBeDefined();
  expect(stack.node.tryFindChild("Seeding")).toBeDefined();
  expect(stack.node.tryFindChild("Test")).toBeDefined();
  expect(stack.node.tryFindChild("True")).toBeDefined();
  expect(stack.node.tryFindChild("Use")).toBeDefined();
  expect(stack.node.tryFindChild("Dataset")).toBeDefined();
  expect(stack.node.tryFindChild("When")).toBeDefined();
  expect(stack.node.tryFindChild("X1")).toBeDefined();
  expect(stack.node.tryFindChild("X2")).toBeDefined();
  template.hasOutput("E", {});
  template.hasOutput("O1", {});

  expect(template.toJSON()).toMatchSnapshot();
});

test("import synthesises", () => {
  const stack = new ImportStack(new App(), "import");
  const template = Template.fromStack(stack);

  expect(stack.node.tryFindChild("Environment")).toBeDefined();

  expect(template.toJSON()).toMatchSnapshot();
});

test("let synthesises", () => {
  const stack = new LetStack(new App(), "let");
  const template = Template.fromStack(stack);

  expect(stack.node.tryFindChild("Environment")).toBeDefined();

  expect(template.toJSON()).toMatchSnapshot();
});
