// The two halves of tests/bench/watch.

import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { smallProgram } from "./generate.mjs";

const [what, work, rounds] = process.argv.slice(2);
const main = join(work, "main.depot");
const template = join(work, "out/orders.template.json");

function save(text) {
  writeFileSync(`${main}~`, text);
  renameSync(`${main}~`, main);
}

/** Waits, without leaving the processor to others for longer than a moment, for `holds`. */
function wait(holds) {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 0; !holds(); tries++) {
    Atomics.wait(pause, 0, 0, tries < 100000 ? 0.2 : 10);
  }
}

const log = () => readFileSync(join(work, "log"), "utf8").split("Ctrl-C ends").length;
if (what === "program") {
  renameSync(smallProgram(work), main);
} else {
  const text = readFileSync(main, "utf8");
  wait(() => existsSync(template) && log() > 1);
  const times = [];
  for (let round = 0; round < Number(rounds); round++) {
    const seen = log();
    const before = statSync(template).ino;
    const start = process.hrtime.bigint();
    save(text.replace('"orders-hot"', `"orders-hot-${round}"`));
    wait(() => existsSync(template) && statSync(template).ino !== before);
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
    wait(() => log() > seen);
  }
  times.sort((a, b) => a - b);
  const [median, least, most] = [times[times.length >> 1], times[0], times.at(-1)].map((ms) => ms.toFixed(1));
  console.log(`${rounds} saves: the output is there after ${median} ms (median), ${least} to ${most} ms`);
}
