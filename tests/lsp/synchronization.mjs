// Edits by chance: after each of them the server has the text that the client has, in every encoding.
import { CAPABILITIES, Client } from "./client.mjs";
import { chance, equal, makeFolder, test } from "./suite.mjs";

const PIECES = ["a", "let b = 1", "\n", "\r\n", "\r", " ", "{", "}", '"', "ä", "€", "😀", "e\u0301", "${", "// x", "\t", "\u2028"];

const UNITS = {
  "utf-16": (text) => text.length,
  "utf-8": (text) => Buffer.byteLength(text, "utf8"),
  "utf-32": (text) => [...text].length,
};

/** The position of an index in a text (in UTF-16, as JavaScript counts). */
function position(text, index, encoding) {
  const before = text.slice(0, index).split(/\r\n|\n|\r/);
  return { line: before.length - 1, character: UNITS[encoding](before[before.length - 1]) };
}

/** A place between two characters, not within CR LF. */
function someIndex(text, random) {
  const characters = [...text];
  let index = characters.slice(0, Math.floor(random() * (characters.length + 1))).join("").length;
  if (text[index - 1] === "\r" && text[index] === "\n") index++;
  return index;
}

async function edit(depotc, encoding, seed) {
  const project = makeFolder();
  const client = new Client(depotc, { cwd: project.folder });
  const random = chance(seed);
  try {
    const { capabilities } = await client.initialize({
      folders: [project.base],
      capabilities: { ...CAPABILITIES, general: { positionEncodings: [encoding, "utf-16"] } },
    });
    equal(capabilities.positionEncoding, encoding);
    const [edited, whole] = [project.uri("edited.depot"), project.uri("whole.depot")];
    let text = 'let a = "😀"\r\nlet b = a\n';
    client.open(edited, text, 0);
    client.open(whole, text, 0);
    for (let version = 1; version <= 120; version++) {
      const changes = [];
      for (let count = 0; count < 1 + random() * 3; count++) {
        const [one, other] = [someIndex(text, random), someIndex(text, random)].sort((a, b) => a - b);
        const end = random() < 0.6 ? one : Math.min(other, one + 12);
        const stop = text[end - 1] === "\r" && text[end] === "\n" ? end + 1 : end;
        const piece = PIECES[Math.floor(random() * PIECES.length)];
        changes.push({ range: { start: position(text, one, encoding), end: position(text, stop, encoding) }, text: piece });
        text = text.slice(0, one) + piece + text.slice(stop);
      }
      client.change(edited, version, changes);
      client.change(whole, version, [{ text }]);
      const [found, expected] = [await client.diagnostics(edited, version), await client.diagnostics(whole, version)];
      const plain = (list) => JSON.stringify(list).replaceAll(edited, "").replaceAll(whole, "");
      equal(plain(found), plain(expected), `after change ${version} to ${JSON.stringify(text)}`);
    }
    await client.shutdown();
  } finally {
    project.remove();
  }
}

export async function synchronization(depotc) {
  for (const encoding of Object.keys(UNITS)) {
    for (const seed of [1, 2]) {
      await test(`synchronization: edits in ${encoding}, seed ${seed}`, () => edit(depotc, encoding, seed));
    }
  }
}
