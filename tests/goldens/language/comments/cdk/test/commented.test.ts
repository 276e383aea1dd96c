// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { CommentedStack } from "../lib/commented-stack";

test("commented synthesises", () => {
  const stack = new CommentedStack(new App(), "commented");
  const template = Template.fromStack(stack);

  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("Api")).toBeDefined();
  expect(stack.node.tryFindChild("Hot")).toBeDefined();
  template.hasOutput("Url", {});

  expect(template.toJSON()).toMatchSnapshot();
});
