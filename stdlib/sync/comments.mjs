/// Doc comments of TypeScript, for `.depot`.

/// `{@link X}`, `{@link X | text}`, `[X](url)` and `[text]` without an address, as plain text.
function withoutLinks(text) {
  return text
    .replace(/\{@link(?:code|plain)?\s+([^}|\s]+)\s*\}/g, "$1")
    .replace(/\{@link(?:code|plain)?\s+[^}|\s]+[|\s]+([^}]+)\}/g, "$1")
    .replace(/\{@inheritDoc[^}]*\}/gi, "");
}

/// The lines of a comment: without trailing blanks, without empty lines at either end or in a row.
export function commentLines(text) {
  const lines = withoutLinks(text ?? "")
    .split(/\r?\n/)
    .map((line) =>
      line.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "").trimEnd(),
    );
  const kept = lines.filter(
    (line, i) => line !== "" || (i > 0 && lines[i - 1] !== ""),
  );
  while (kept[0] === "") {
    kept.shift();
  }
  while (kept.at(-1) === "") {
    kept.pop();
  }
  return kept;
}

/// The text of a tag in one line.
export function tagText(text) {
  return commentLines(text).join(" ").trim();
}

/// The value that `@default` names, as an expression of `.depot`, if it is a plain one; members are named by their enum.
export function defaultValue(text) {
  const plain = tagText(text)
    .replace(/^`(.*)`$/, "$1")
    .replace(/^-\s*/, "");
  if (/^(true|false|-?\d+(\.\d+)?)$/.test(plain)) {
    return { value: JSON.parse(plain) };
  }
  const quoted = /^(["'])([^"'\\$]*)\1$/.exec(plain);
  if (quoted !== null) {
    return { value: quoted[2] };
  }
  const member = /^[A-Za-z_][\w.]*\.([A-Za-z_]\w*)$/.exec(plain);
  return member === null ? undefined : { member: member[1] };
}
