// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { OrdersStack } from "../lib/orders-stack";

test("orders synthesises", () => {
  const stack = new OrdersStack(new App(), "orders");
  const template = Template.fromStack(stack);

  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("Api")).toBeDefined();
  expect(stack.node.tryFindChild("Cold")).toBeDefined();
  expect(stack.node.tryFindChild("E")).toBeDefined();
  expect(stack.node.tryFindChild("Hot")).toBeDefined();
  expect(stack.node.tryFindChild("LocA")).toBeDefined();
  expect(stack.node.tryFindChild("LocB")).toBeDefined();
  expect(stack.node.tryFindChild("P")).toBeDefined();
  expect(stack.node.tryFindChild("Alias")).toBeDefined();
  expect(stack.node.tryFindChild("Cond")).toBeDefined();
  expect(stack.node.tryFindChild("DCold")).toBeDefined();
  expect(stack.node.tryFindChild("DHot")).toBeDefined();
  expect(stack.node.tryFindChild("OfLocA")).toBeDefined();
  expect(stack.node.tryFindChild("OfLocB")).toBeDefined();
  expect(stack.node.tryFindChild("Three")).toBeDefined();
  template.hasOutput("Count", {});
  template.hasOutput("Ep", {});
  template.hasOutput("Isdyn", {});
  template.hasOutput("Mode", {});
  template.hasOutput("N", {});
  template.hasOutput("Names", {});
  template.hasOutput("Same", {});
  template.hasOutput("Tag", {});
  template.hasOutput("U", {});

  expect(template.toJSON()).toMatchSnapshot();
});
