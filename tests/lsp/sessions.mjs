// Recorded sessions: sessions/NAME.mjs says what the editor does, sessions/NAME.txt what was said. With --bless the texts are
// written anew; review the difference.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Client } from "./client.mjs";
import { equal, makeFolder, ok, test } from "./suite.mjs";
import { transcript } from "./transcript.mjs";

const HERE = path.join(path.dirname(fileURLToPath(import.meta.url)), "sessions");

/** The place of `mark` in `text`: behind it, or at its begin if `before`. */
export function place(text, mark, before = false) {
  const index = text.indexOf(mark);
  ok(index >= 0, `there is no ${JSON.stringify(mark)}`);
  const lines = text.slice(0, before ? index : index + mark.length).split("\n");
  return { line: lines.length - 1, character: lines[lines.length - 1].length };
}

async function run(depotc, session) {
  const project = makeFolder(session.files);
  try {
    const client = new Client(depotc, { cwd: project.folder });
    await client.initialize({ folders: [project.base], ...session.initialize });
    await session.default({ ...project, client, place });
    const { code } = await client.shutdown();
    equal(code, 0, "exit code");
    equal(client.errors, "", "standard error");
    return transcript(client.log, project.base);
  } finally {
    project.remove();
  }
}

export async function sessions(depotc, { bless = false, only = "" } = {}) {
  for (const file of fs.readdirSync(HERE).filter((name) => name.endsWith(".mjs") && name.includes(only))) {
    await test(`session ${file}`, async () => {
      const golden = path.join(HERE, file.replace(/\.mjs$/, ".txt"));
      const text = await run(depotc, await import(pathToFileURL(path.join(HERE, file)).href));
      if (bless) fs.writeFileSync(golden, text);
      const expected = fs.existsSync(golden) ? fs.readFileSync(golden, "utf8") : "";
      const [found, wanted] = [text.split("\n"), expected.split("\n")];
      const line = found.findIndex((one, index) => one !== wanted[index]);
      ok(text === expected, `line ${line + 1} of ${path.basename(golden)} differs:\n  expected ${wanted[line]}\n  found    ${found[line]}`);
    });
  }
}
