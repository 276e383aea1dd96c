// node matcher.mjs MATCHER.json < OUTPUT: what GitHub makes of the lines, as JSON, one a line. A matcher's
// pattern is a JavaScript regular expression without flags that is held against each line; the first
// matcher that fits takes the line.
import { readFileSync } from "node:fs";

const matchers = JSON.parse(readFileSync(process.argv[2], "utf8")).problemMatcher;
const owners = new Set(matchers.map((matcher) => matcher.owner));
if (owners.size !== matchers.length) throw new Error("two matchers have one owner");
for (const line of readFileSync(0, "utf8").split(/\r?\n/)) {
  for (const { owner, pattern } of matchers) {
    const { regexp, ...groups } = pattern[0];
    const found = new RegExp(regexp).exec(line);
    if (!found) continue;
    const problem = { owner };
    for (const [name, group] of Object.entries(groups)) problem[name] = found[group];
    console.log(JSON.stringify(problem));
    break;
  }
}
