// Written by depotc from the .depot source; changes belong there.
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { MyOrders2Stack } from "../lib/MyOrders_2-stack";

test("MyOrders_2 synthesises", () => {
  const stack = new MyOrders2Stack(new App(), "MyOrders_2", {
    stackName: "MyOrders-2",
  });
  const template = Template.fromStack(stack);

  expect(stack.node.tryFindChild("Environment")).toBeDefined();
  expect(stack.node.tryFindChild("Abc")).toBeDefined();
  expect(stack.node.tryFindChild("HotStore")).toBeDefined();
  expect(stack.node.tryFindChild("Private")).toBeDefined();
  expect(stack.node.tryFindChild("HotStore2")).toBeDefined();
  expect(stack.node.tryFindChild("K9")).toBeDefined();
  expect(stack.node.tryFindChild("KEF")).toBeDefined();
  expect(stack.node.tryFindChild("KAB")).toBeDefined();
  expect(stack.node.tryFindChild("KCD")).toBeDefined();
  expect(stack.node.tryFindChild("KXY")).toBeDefined();
  expect(stack.node.tryFindChild("K")).toBeDefined();
  expect(stack.node.tryFindChild("Num3")).toBeDefined();
  expect(stack.node.tryFindChild("Num1")).toBeDefined();
  expect(stack.node.tryFindChild("Num25")).toBeDefined();
  expect(stack.node.tryFindChild("X1")).toBeDefined();
  template.hasOutput("A", {});
  template.hasOutput("B", {});
  template.hasOutput("C", {});
  template.hasOutput("MyOut", {});

  expect(template.toJSON()).toMatchSnapshot();
});
