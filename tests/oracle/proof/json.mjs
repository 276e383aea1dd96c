/** What `JSON.parse` lets pass without a word. */

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[{}[\]:,]|true|false|null/g;

/**
 * Names that stand twice in one object, and numbers that JavaScript writes differently: CDK's template would hold another
 * number, and a comparison of parsed values would not see it.
 *
 * @param {string} text valid JSON
 * @returns {string[]}
 */
export function looseEnds(text) {
  const found = [];
  const open = [];
  const tokens = text.match(TOKEN) ?? [];
  tokens.forEach((token, index) => {
    if (token === "{") {
      open.push(new Set());
    } else if (token === "}") {
      open.pop();
    } else if (token.startsWith('"') && tokens[index + 1] === ":") {
      const names = open.at(-1);
      const name = JSON.parse(token);
      if (names.has(name)) {
        found.push(`${token} stands twice in one object`);
      }
      names.add(name);
    } else if (/^-?\d/.test(token) && String(Number(token)) !== token) {
      found.push(`${token} is not how JavaScript writes that number`);
    }
  });
  return found;
}
