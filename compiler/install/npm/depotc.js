#!/usr/bin/env node
// Runs the program of this platform, which is beside this file: nothing is downloaded.
"use strict";
const { spawn } = require("node:child_process");
const { existsSync, readdirSync } = require("node:fs");
const { join } = require("node:path");

const platform = `${process.platform}-${process.arch}`;
const program = join(__dirname, `depotc-${platform}`);

function fail(...lines) {
  console.error(lines.join("\n"));
  process.exit(70);
}

if (!existsSync(program)) {
  const platforms = readdirSync(__dirname).flatMap((name) => name.match(/^depotc-(.*)$/)?.[1] ?? []);
  fail(`error: this package has no depotc for ${platform}`, `  = help: it has those for ${platforms.join(", ")}`);
}

const child = spawn(program, process.argv.slice(2), { stdio: "inherit" });
child.on("error", (error) => {
  fail(`error: ${program} cannot be run: ${error.message}`,
    // A program whose loader is missing is "not found", though it is there.
    ...(error.code === "ENOENT" && existsSync(process.cwd())
      ? ["  = help: it needs the GNU C library, which Alpine Linux, for example, does not have"] : []));
});

// Who ends this process means depotc; what a terminal sends reaches both.
process.on("SIGINT", () => {});
for (const signal of ["SIGTERM", "SIGHUP"]) {
  process.on(signal, () => child.kill(signal));
}
child.on("exit", (code, signal) => {
  if (signal === null) {
    process.exitCode = code;
    return;
  }
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
