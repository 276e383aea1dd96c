import { spawnSync } from "node:child_process";

/** How many instructions a command takes, the same on a busy machine, and how it ends; undefined without valgrind. */
export function run(command) {
  const arguments_ = ["--tool=callgrind", "--callgrind-out-file=/dev/null", ...command];
  const { stderr, status } = spawnSync("valgrind", arguments_, { encoding: "utf8", maxBuffer: 2 ** 30 });
  const counted = /refs:\s+([\d,]+)/.exec((stderr ?? "").slice(-1000));
  return counted ? { instructions: Number(counted[1].replaceAll(",", "")), code: status, said: stderr } : undefined;
}

export const instructions = (command) => run(command)?.instructions;
