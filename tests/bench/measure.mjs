#!/usr/bin/env node
// Measures depotc beside others, all in one go and in turn (A B A B ...), so that what else the machine does meets all
// of them. Called by `run`, which builds what it needs.

import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { bigPrograms, formatPrograms, smallProgram, write } from "./generate.mjs";
import { pklProgram } from "./generate_pkl.mjs";
import { instructions } from "./instructions.mjs";
import { shapeProgram, shapes } from "./shapes.mjs";

const { values: options } = parseArgs({
  options: {
    depotc: { type: "string" },
    tools: { type: "string" },
    work: { type: "string" },
    "node-modules": { type: "string" },
    pkl: { type: "string" },
    json: { type: "string" },
    quick: { type: "boolean", default: false },
  },
});
const work = options.work;
const quick = options.quick;

const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** What one run of a command costs: milliseconds on the wall and on the processor, MiB. */
function once(job) {
  job.before?.();
  const run = spawnSync(join(options.tools, "clock"), job.command, { cwd: job.cwd, encoding: "utf8" });
  const [wall, own, system, memory, code] = run.stdout.split(" ").map(Number);
  if (code !== (job.code ?? 0)) {
    throw new Error(`${job.command.join(" ")} ended with ${code}\n${run.stderr}`);
  }
  return { wall: wall / 1000, own: own / 1000, system: system / 1000, memory: memory / 1024 };
}

/** Runs all jobs in turn, `job.runs` times each at most, after one run that does not count. */
function inTurn(jobs) {
  const samples = jobs.map(() => []);
  jobs.forEach(once);
  const rounds = Math.max(...jobs.map((job) => job.runs));
  for (let round = 0; round < rounds; round++) {
    jobs.forEach((job, index) => {
      // The slow ones are spread over the rounds.
      if (Math.floor(((round + 1) * job.runs) / rounds) > Math.floor((round * job.runs) / rounds)) {
        samples[index].push(once(job));
      }
    });
  }
  return jobs.map((job, index) => {
    const walls = samples[index].map((sample) => sample.wall);
    return {
      name: job.name,
      runs: walls.length,
      median: median(walls),
      min: Math.min(...walls),
      max: Math.max(...walls),
      own: median(samples[index].map((sample) => sample.own)),
      system: median(samples[index].map((sample) => sample.system)),
      memory: median(samples[index].map((sample) => sample.memory)),
    };
  });
}

const digits = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

function table(title, results, base) {
  console.log(`\n${title}\n`);
  console.log("| | median ms | min | max | own ms | system's ms | MiB | beside depotc |");
  console.log("|---|---:|---:|---:|---:|---:|---:|---:|");
  for (const row of results) {
    const numbers = [row.median, row.min, row.max, row.own, row.system, row.memory].map(digits);
    console.log(`| ${row.name} | ${numbers.join(" | ")} | ${digits(row.median / base.median)}× |`);
  }
}

const fresh = (folder) => () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
};

// A small program

function smallJobs() {
  const source = smallProgram(join(work, "small"));
  const out = join(work, "small-out");
  const jobs = [
    { name: "`depotc --version`", command: [options.depotc, "--version"], runs: 40 },
    { name: "`depotc check`, 20 lines", command: [options.depotc, "check", source], runs: 40 },
    {
      name: "`depotc build`, 20 lines to a template",
      command: [options.depotc, "build", "-o", out, source],
      before: fresh(out),
      runs: 40,
    },
    { name: "`jsonnet`, an empty object", command: ["jsonnet", "-e", "{}"], runs: 40 },
  ];
  return jobs.concat(synthJobs(source));
}

/** `cdk synth` of the project that depotc writes for the same program, and the project's app alone. */
function synthJobs(source) {
  const modules = options["node-modules"];
  if (!modules) {
    return [];
  }
  const project = join(work, "project");
  rmSync(project, { recursive: true, force: true });
  execFileSync(options.depotc, ["build", "--target", "cdk", "-o", project, source]);
  symlinkSync(modules, join(project, "node_modules"));
  const bin = join("bin", readdirSync(join(project, "bin"))[0]);
  const before = () => rmSync(join(project, "cdk.out"), { recursive: true, force: true });
  const runs = quick ? 2 : 7;
  return [
    {
      name: "`cdk synth` of the same template",
      command: [join(modules, ".bin", "cdk"), "synth", "--quiet"],
      cwd: project,
      before,
      runs,
    },
    {
      name: "its app alone (`tsx`, what `cdk synth` starts)",
      command: [join(modules, ".bin", "tsx"), bin],
      cwd: project,
      before,
      runs,
    },
  ];
}

// Forty thousand resources

function sameTemplates(left, right) {
  const read = (folder, file) => JSON.parse(readFileSync(join(folder, file), "utf8"));
  return readdirSync(right).every((file) => isDeepStrictEqual(read(left, file), read(right, file)));
}

function big() {
  const environments = quick ? 10 : 100;
  const programs = bigPrograms(join(work, "big"), environments, 400);
  const out = ["depotc", "jsonnet", "reprint", "pkl"].map((name) => join(work, `big-${name}`));
  out.forEach((folder) => fresh(folder)());
  execFileSync(options.depotc, ["build", "-o", join(work, "templates"), programs.depot]);
  const files = readdirSync(join(work, "templates"))
    .filter((file) => file.endsWith(".template.json"))
    .map((file) => join(work, "templates", file));
  const jobs = [
    {
      name: "`depotc build`",
      command: [options.depotc, "build", "-o", out[0], programs.depot],
      before: fresh(out[0]),
      runs: 15,
    },
    {
      name: "cJSON reads and prints the finished templates",
      command: [join(options.tools, "reprint"), out[2], ...files],
      before: fresh(out[2]),
      runs: 15,
    },
    {
      name: "`jsonnet -m`",
      command: ["jsonnet", "-s", "2000", "-m", out[1], programs.jsonnet],
      before: fresh(out[1]),
      runs: quick ? 2 : 7,
    },
    {
      name: "`jq .` of the finished templates, to nowhere",
      command: ["sh", "-c", 'jq . "$@" >/dev/null', "sh", ...files],
      runs: quick ? 2 : 7,
    },
  ];
  if (options.pkl) {
    const program = write(join(work, "big", "big.pkl"), pklProgram(environments, 400));
    jobs.push({
      name: "`pkl eval -m`",
      command: [options.pkl, "eval", "-m", out[3], program],
      before: fresh(out[3]),
      runs: quick ? 2 : 7,
    });
  }
  const results = inTurn(jobs);
  for (const folder of options.pkl ? [out[1], out[3]] : [out[1]]) {
    if (!sameTemplates(out[0], folder)) {
      throw new Error(`the templates in ${folder} are not those of depotc`);
    }
  }
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  return { programs, results, output: bytes };
}

// The formatter

const bytesOf = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path).reduce((sum, file) => sum + statSync(join(path, file)).size, 0)
    : statSync(path).size;

/** Formatters look whether files are formatted, which they are: all of the work, and nothing is written. */
function formatting() {
  const folder = join(work, "format");
  const programs = formatPrograms(folder, quick ? 2 : 20, quick ? 100 : 1000);
  const { depot, jsonnet, depotFiles, typescriptFiles } = programs;
  const prettier = options["node-modules"] && join(options["node-modules"], ".bin", "prettier");
  const jobs = [
    { name: "`depotc fmt --check`, one file", format: [options.depotc, "fmt"], path: depot, runs: 9 },
    { name: "`jsonnetfmt --test`, one file", format: ["jsonnetfmt", "-i"], test: "--test", path: jsonnet, runs: 3 },
    { name: "`depotc fmt --check`, many files", format: [options.depotc, "fmt"], path: depotFiles, runs: 9 },
  ];
  if (prettier) {
    const format = [prettier, "--write", "--log-level=error"];
    jobs.push({ name: "`prettier --check`, many files", format, path: typescriptFiles, runs: 3 });
  }
  for (const job of jobs) {
    execFileSync(job.format[0], [...job.format.slice(1), job.path]);
    job.command = job.test
      ? [job.format[0], job.test, job.path]
      : [job.format[0], ...job.format.slice(1).filter((word) => word !== "--write"), "--check", job.path];
  }
  const results = inTurn(jobs);
  results.forEach((row, index) => {
    row.bytes = bytesOf(jobs[index].path);
    row.rate = row.bytes / 1e3 / row.median;
  });
  rmSync(folder, { recursive: true, force: true });
  return results;
}

function printFormatting(results) {
  console.log("\nFormatting\n\n| | MB | median ms | min | max | own ms | MiB | MB/s |\n|---|---:|---:|---:|---:|---:|---:|---:|");
  for (const row of results) {
    const numbers = [row.bytes / 1e6, row.median, row.min, row.max, row.own, row.memory, row.rate].map(digits);
    console.log(`| ${row.name} | ${numbers.join(" | ")} |`);
  }
}

// Growth

/** Instructions for 40,000 lines by those for 20,000. */
function instructionGrowth(name, shape) {
  const [once, twice] = [20000, 40000].map((n) => {
    const out = join(work, "shape-out");
    const source = shapeProgram(join(work, "shapes"), name, n);
    fresh(out)();
    return instructions([options.depotc, ...(shape.build ? ["build", "--target", shape.build, "-o", out, source] : ["check", source])]);
  });
  return twice / once;
}

function growth() {
  const sizes = quick ? [31250, 62500] : [125000, 250000, 500000, 1000000];
  const rows = [];
  for (const [name, shape] of Object.entries(shapes).filter(([, shape]) => shape.timed)) {
    const out = join(work, "shape-out");
    const scaled = sizes.map((n) => Math.round(n / (shape.scale ?? 1)));
    const jobs = sizes.map((n) => {
      const source = shapeProgram(join(work, "shapes"), name, n);
      const command = shape.build ? ["build", "--target", shape.build, "-o", out, source] : ["check", source];
      const code = shape.code ?? 0;
      return { name: String(n), command: [options.depotc, ...command], before: fresh(out), code, runs: quick ? 3 : 5 };
    });
    const results = inTurn(jobs);
    const ratio = instructionGrowth(name, shape);
    rmSync(out, { recursive: true, force: true });
    rmSync(join(work, "shapes"), { recursive: true, force: true });
    rows.push({ name, what: shape.what, sizes: scaled, results, instructions: ratio });
  }
  return rows;
}

function printGrowth(rows) {
  console.log("\nGrowth: own seconds on the processor, the system's for it (memory), and t(2n) / t(n) of each\n");
  console.log(
    "| shape | instructions, 40,000 / 20,000 lines | lines | own s | own t(2n) / t(n) | system's s | both t(2n) / t(n) | MiB at the end |",
  );
  console.log("|---|---:|---|---|---|---|---|---:|");
  const ratios = (values) => values.slice(1).map((value, index) => (value / values[index]).toFixed(2));
  for (const row of rows) {
    const own = row.results.map((result) => result.own / 1000);
    const system = row.results.map((result) => result.system / 1000);
    const both = own.map((value, index) => value + system[index]);
    const seconds = (values) => values.map((value) => value.toFixed(3)).join(" ");
    console.log(
      `| ${row.name}: ${row.what} | ${row.instructions.toFixed(2)} | ${row.sizes.join(" ")} | ${seconds(own)} | ${ratios(own).join(" ")} | ` +
        `${seconds(system)} | ${ratios(both).join(" ")} | ${row.results.at(-1).memory.toFixed(0)} |`,
    );
  }
}

// How far it is to quality.md's rows

function distances(small, large, formatted) {
  const [depotc, reprint, jsonnet, , pkl] = large.results;
  const count = large.programs.resources.toLocaleString("en");
  const synth = small.find((row) => row.name.startsWith("`cdk synth`"));
  const rows = [
    ["`check` of 20 lines, whole process", "≤ 3 ms", `${digits(small[1].median)} ms`],
    [`${count} resources beside cJSON`, "≤ 1×", `${digits(depotc.median / reprint.median)}×`],
    [`${count} resources beside jsonnet`, "≥ 30× faster", `${digits(jsonnet.median / depotc.median)}× faster`],
    [
      "lines per second, source to templates",
      "≥ 1,000,000",
      Math.round((large.programs.lines / depotc.median) * 1000).toLocaleString("en"),
    ],
  ];
  if (pkl) {
    rows.push([`${count} resources beside Pkl`, "≥ 20× faster", `${digits(pkl.median / depotc.median)}× faster`]);
  }
  rows.push(["`fmt`", "≥ 30 MB/s", `${digits(formatted[0].rate)} MB/s`]);
  if (synth) {
    rows.push([
      "small program beside `cdk synth`",
      "≥ 1,000× faster",
      `${Math.round(synth.median / small[2].median).toLocaleString("en")}× faster`,
    ]);
  }
  console.log("\n| | to reach | reached |\n|---|---|---|");
  rows.forEach((row) => console.log(`| ${row.join(" | ")} |`));
  return rows;
}

const load = () => readFileSync("/proc/loadavg", "utf8").split(" ").slice(0, 3).join(" ");
const machine = `${cpus().length} × ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
const date = new Date().toISOString().slice(0, 10);
console.log(`${date}, ${machine}, load before ${load()}`);
if (!existsSync(work)) {
  mkdirSync(work, { recursive: true });
}
const small = inTurn(smallJobs());
table("A small program", small, small[2]);
const large = big();
const { lines, bytes, resources } = large.programs;
table(
  `${resources.toLocaleString("en")} resources: ${lines.toLocaleString("en")} lines, ${(bytes / 1e6).toFixed(1)} MB; ` +
    `templates of ${(large.output / 1e6).toFixed(1)} MB`,
  large.results,
  large.results[0],
);
const formatted = formatting();
printFormatting(formatted);
const rows = growth();
printGrowth(rows);
const reached = distances(small, large, formatted);
console.log(`\nload after ${load()}`);
if (options.json) {
  writeFileSync(
    options.json,
    `${JSON.stringify({ date, machine, load: load(), small, large, formatted, growth: rows, reached }, null, 2)}\n`,
  );
}
