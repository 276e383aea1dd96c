// node tests/lsp/run.mjs DEPOTC [--bless] [--only NAME]: tests of the language server. Ends with `N passed, N failed`.
import path from "node:path";
import { hostile } from "./hostile.mjs";
import { refactorings } from "./refactorings.mjs";
import { sessions } from "./sessions.mjs";
import { finish } from "./suite.mjs";
import { sweeps } from "./sweep.mjs";
import { synchronization } from "./synchronization.mjs";

const [program, ...rest] = process.argv.slice(2);
const depotc = path.resolve(program);
const only = rest.includes("--only") ? rest[rest.indexOf("--only") + 1] : "";
const bless = rest.includes("--bless");
const suites = { sessions, hostile, synchronization, refactorings, sweeps };
for (const [name, suite] of Object.entries(suites)) {
  if (name.includes(only) || name === "sessions") await suite(depotc, { bless, only: name.includes(only) ? "" : only });
}
finish();
