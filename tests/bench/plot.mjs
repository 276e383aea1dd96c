#!/usr/bin/env node
// node tests/bench/plot.mjs RESULTS.json > docs/speed.svg: what tests/bench/run has measured as a picture. Bars, on a scale on
// which each line is ten times the one before, because nothing else shows a millisecond beside seconds.

import { readFileSync } from "node:fs";

const results = JSON.parse(readFileSync(process.argv[2], "utf8"));
const WIDTH = 760;
const LEFT = 300;
const RIGHT = 90;
const ROW = 24;

/** [group, [name, milliseconds, whether it is depotc][]][] */
const groups = [
  ["A program of 20 lines", results.small.filter((row) => !row.name.includes("--version"))],
  [`${results.large.programs.resources.toLocaleString("en")} resources, ${(results.large.output / 1e6).toFixed(0)} MB of templates`, results.large.results],
].map(([title, rows]) => [title, rows.map((row) => [row.name.replaceAll("`", ""), row.median, row.name.startsWith("`depotc")]).sort((a, b) => a[1] - b[1])]);

const all = groups.flatMap(([, rows]) => rows.map(([, time]) => time));
const low = Math.floor(Math.log10(Math.min(...all)));
const high = Math.ceil(Math.log10(Math.max(...all)));
const x = (time) => LEFT + ((Math.log10(time) - low) / (high - low)) * (WIDTH - LEFT - RIGHT);
const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const time = (value) => (value >= 1000 ? `${(value / 1000).toFixed(2)} s` : value >= 10 ? `${value.toFixed(0)} ms` : `${value.toFixed(1)} ms`);

const parts = [];
let y = 48;
for (const [title, rows] of groups) {
  parts.push(`<text x="16" y="${y}" class="title">${escape(title)}</text>`);
  y += 12;
  for (const [name, value, own] of rows) {
    parts.push(
      `<text x="${LEFT - 8}" y="${y + 16}" text-anchor="end">${escape(name)}</text>`,
      `<rect x="${LEFT}" y="${y + 4}" width="${Math.max(2, x(value) - LEFT).toFixed(1)}" height="16" class="${own ? "own" : "other"}"/>`,
      `<text x="${(x(value) + 6).toFixed(1)}" y="${y + 16}">${time(value)}</text>`,
    );
    y += ROW;
  }
  y += 28;
}
const grid = [];
for (let power = low; power <= high; power++) {
  const at = x(10 ** power).toFixed(1);
  grid.push(`<line x1="${at}" y1="28" x2="${at}" y2="${y - 16}" class="grid"/>`, `<text x="${at}" y="${y}" text-anchor="middle" class="small">${time(10 ** power)}</text>`);
}
const height = y + 36;
console.log(`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="How long depotc takes beside others">
<style>
  text { font: 12px sans-serif; fill: #24292f }
  .title { font-weight: bold; font-size: 13px }
  .small { font-size: 11px; fill: #57606a }
  .grid { stroke: #d0d7de }
  .own { fill: #0969da }
  .other { fill: #afb8c1 }
</style>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
${grid.join("\n")}
${parts.join("\n")}
<text x="16" y="${height - 12}" class="small">${escape(`${results.date}, ${results.machine}; medians, less is better, each line is ten times the one before`)}</text>
</svg>`);
