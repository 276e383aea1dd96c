// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { DeployedStack } from "../lib/deployed-stack";

test("deployed synthesises", () => {
  const stack = new DeployedStack(new App(), "deployed");
  const template = Template.fromStack(stack);

  template.hasParameter("LoginArn", {});
  template.hasParameter("Names", {});
  template.hasParameter("Ratio", {});
  template.hasParameter("Short", {});
  template.hasParameter("Size", {});
  template.hasParameter("Stage", {});
  template.hasParameter("Undocumented", {});
  template.hasParameter("Word", {});
  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("Figures")).toBeDefined();
  template.hasOutput("Summary", {});

  expect(template.toJSON()).toMatchSnapshot();
});
