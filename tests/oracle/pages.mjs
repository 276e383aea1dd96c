#!/usr/bin/env node
/**
 * Writes the pairs of a page, TypeScript and `.depot` that say the same, as programs for prove.mjs.
 *
 *   pages.mjs DEPOTC NODE_MODULES FOLDER PAGE
 *
 * A block of `ts` and the next block of `depot` are a pair. FOLDER gets a folder for each: `cfn/` is what depotc makes of the one, `cdk/` a
 * project that depotc wrote, with the other in place of its sources. `ts inside` stands in a stack, `depot inside` in its environment; `ts
 * alone` has no counterpart, and compiles beside the pair before it. All TypeScript is as prettier writes it.
 */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [depotc, nodeModules, folder, page] = process.argv.slice(2);
if (page === undefined) {
  process.stderr.write("usage: pages.mjs DEPOTC NODE_MODULES FOLDER PAGE\n");
  process.exit(2);
}
const prettier = createRequire(
  path.join(path.resolve(nodeModules), "pages.js"),
)("prettier");

/** What blocks of `ts inside` may use without importing it. */
const NAMES = {
  "@stage-tech/depot-cdk": [
    "Dataset",
    "DynamoDBLocationCapacityMode",
    "Environment",
    "Executor",
    "Gateway",
    "Location",
    "Package",
    "ReplicationMode",
    "SnowflakeWarehouse",
  ],
  "@stage-tech/depot-package-common": ["Schemas"],
  "aws-cdk-lib/core": [
    "Aws",
    "CfnDeletionPolicy",
    "CfnOutput",
    "CfnParameter",
    "Fn",
    "SecretValue",
    "Stack",
    "StackProps",
  ],
  constructs: ["Construct"],
};

/** The blocks of a page: what stands behind the quotes, the text, the line. */
function blocks(text) {
  const found = [];
  let block;
  text.split("\n").forEach((line, index) => {
    if (line.startsWith("```")) {
      if (block === undefined) {
        block = { kind: line.slice(3), line: index + 1, text: "" };
      } else {
        found.push(block);
        block = undefined;
      }
    } else if (block !== undefined) {
      block.text += `${line}\n`;
    }
  });
  return found;
}

function importsOf(text) {
  const lines = Object.entries(NAMES).map(([module, names]) => {
    const used = names.filter((name) => new RegExp(`\\b${name}\\b`).test(text));
    return used.length > 0
      ? `import { ${used.join(", ")} } from "${module}";`
      : "";
  });
  const modules = new Set(
    [...text.matchAll(/\b(aws_(\w+))\./g)].map((m) => m[2]),
  );
  modules.forEach((m) =>
    lines.push(`import * as aws_${m} from "aws-cdk-lib/aws-${m}";`),
  );
  return lines.join("\n");
}

/** A stack around statements. */
function stackAround(text) {
  const stack = `
    export class OrdersStack extends Stack {
      constructor(scope: Construct, id: string, props?: StackProps) {
        super(scope, id, props);
        const environment = new Environment(this, "Environment", {
          account: { name: "retail", id: Aws.ACCOUNT_ID },
          name: "orders",
        });
        ${text}
      }
    }`;
  return `${importsOf(stack)}\n${stack}`;
}

function environmentAround(text) {
  return `environment orders {\n  account: { name: "retail", id: aws.accountId }\n${text}}\n`;
}

async function format(text, place) {
  try {
    return await prettier.format(text, { parser: "typescript" });
  } catch (error) {
    throw new Error(`${place}: ${error.message.split("\n")[0]}`, {
      cause: error,
    });
  }
}

/** Statements may stand on their own for prettier too, and are judged so. */
async function checkFormat(block) {
  const formatted = await format(block.text, `${page}:${block.line}`);
  if (formatted !== block.text) {
    throw new Error(
      `${page}:${block.line}: prettier writes it otherwise:\n${formatted}`,
    );
  }
}

/** Compiles the block of `depot` for both targets. */
function compile(block, target) {
  const source = path.join(target, "source");
  fs.mkdirSync(path.join(source, "schemas"), { recursive: true });
  fs.writeFileSync(
    path.join(source, "schemas", "Order.yaml"),
    "type: object\nproperties:\n  number: string!\n",
  );
  const text =
    block.kind === "depot inside" ? environmentAround(block.text) : block.text;
  fs.writeFileSync(path.join(source, "main.depot"), text);
  for (const backend of ["cfn", "cdk"]) {
    const args = [
      "build",
      "main.depot",
      "--target",
      backend,
      "-o",
      path.resolve(target, backend),
    ];
    execFileSync(path.resolve(depotc), args, {
      cwd: source,
      stdio: ["ignore", "inherit", "inherit"],
    });
  }
}

/** Puts the block of `ts` in place of what depotc wrote. */
async function replace(block, cdk) {
  fs.rmSync(path.join(cdk, "test"), { recursive: true, force: true });
  fs.rmSync(path.join(cdk, "lib"), { recursive: true });
  if (block.text.includes("new App(")) {
    const [entry] = fs.readdirSync(path.join(cdk, "bin"));
    fs.writeFileSync(path.join(cdk, "bin", entry), block.text);
    return;
  }
  const text =
    block.kind === "ts inside" ? stackAround(block.text) : block.text;
  fs.mkdirSync(path.join(cdk, "lib"));
  fs.writeFileSync(
    path.join(cdk, "lib", "orders-stack.ts"),
    await format(text, `${page}:${block.line}`),
  );
}

async function main() {
  let typescript;
  let last;
  let count = 0;
  for (const block of blocks(fs.readFileSync(page, "utf8"))) {
    if (/^ts( |$)/.test(block.kind)) {
      await checkFormat(block);
    }
    if (block.kind === "ts" || block.kind === "ts inside") {
      typescript = block;
    } else if (
      /^depot( inside)?$/.test(block.kind) &&
      typescript !== undefined
    ) {
      last = path.join(folder, `line-${String(block.line).padStart(4, "0")}`);
      compile(block, last);
      await replace(typescript, path.join(last, "cdk"));
      typescript = undefined;
      count++;
    } else if (block.kind === "ts alone") {
      fs.mkdirSync(path.join(last, "cdk", "test"), { recursive: true });
      fs.writeFileSync(
        path.join(last, "cdk", "test", `line-${block.line}.test.ts`),
        block.text,
      );
    }
  }
  if (typescript !== undefined || count === 0) {
    throw new Error(
      `${page}: ${count === 0 ? "no pairs" : `${typescript.line}: no .depot behind it`}`,
    );
  }
}

await main();
