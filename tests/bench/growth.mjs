// growth.mjs --depotc FILE --work DIR [SHAPE…]   a test: twice as many lines take at most 2.3 times the instructions
//
// Instructions are counted by valgrind, so that it does not matter what else the machine does. What depotc takes for a
// program of one line is left out. Each shape runs at n, 2n and 4n lines.

import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { write } from "./generate.mjs";
import { run } from "./instructions.mjs";
import { shapeProgram, shapes } from "./shapes.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { depotc: { type: "string" }, work: { type: "string" }, lines: { type: "string", default: "4000" } },
});
const MOST = 2.3;
const work = options.work;
mkdirSync(work, { recursive: true });

function measure(source, shape) {
  const verb = shape.build ? ["build", "--target", shape.build, "-o", join(work, "out")] : ["check"];
  const result = run([options.depotc, ...verb, "--no-project", "--max-errors", "1", "--diagnostics", "short", source]);
  rmSync(join(work, "out"), { recursive: true, force: true });
  return result;
}

let passed = 0;
let failed = 0;
const idle = new Map();
const nothing = write(join(work, "nothing.depot"), "let a = 1\n");
for (const build of [undefined, "cfn", "cdk"]) {
  idle.set(build, measure(nothing, { build }).instructions);
}
for (const name of positionals.length ? positionals : Object.keys(shapes)) {
  const shape = shapes[name];
  const counts = [];
  let wrong = "";
  for (const times of [1, 2, 4]) {
    const source = shapeProgram(work, name, Number(options.lines) * times);
    const result = measure(source, shape);
    if (result.code !== (shape.code ?? 0)) {
      wrong = ` — ends with ${result.code}: ${result.said.split("\n").find((line) => !line.startsWith("=="))}`;
    }
    counts.push(result.instructions - idle.get(shape.build));
    rmSync(source);
  }
  const ratios = counts.slice(1).map((count, index) => count / counts[index]);
  const good = !wrong && ratios.every((ratio) => ratio <= MOST);
  good ? passed++ : failed++;
  const perLine = Math.round(counts.at(-1) / (4 * Number(options.lines)));
  console.log(`${good ? "ok    " : "not ok"} ${name}: ${ratios.map((ratio) => ratio.toFixed(2)).join(", ")} (${perLine} a line)${wrong}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
