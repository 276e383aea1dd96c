// What was said in a session, as text for goldens: without what differs between two runs.

const WIDTH = 118;

/** JSON with everything that fits on a line on one line. */
function print(value, indent = "") {
  const flat = JSON.stringify(value);
  if (flat.length + indent.length <= WIDTH || value === null || typeof value !== "object") return flat;
  const inner = `${indent} `;
  if (Array.isArray(value) && value.every((item) => typeof item === "number")) {
    const rows = []; // semantic tokens are five numbers each
    for (let i = 0; i < value.length; i += 5) rows.push(inner + value.slice(i, i + 5).join(","));
    return `[\n${rows.join(",\n")}\n${indent}]`;
  }
  if (Array.isArray(value)) {
    return `[\n${value.map((item) => inner + print(item, inner)).join(",\n")}\n${indent}]`;
  }
  const members = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([name, item]) => `${inner}${JSON.stringify(name)}: ${print(item, inner)}`);
  return `{\n${members.join(",\n")}\n${indent}}`;
}

/** `folder` is the URI of the session's folder, which is called `file:///project` in the text. */
export function transcript(log, folder) {
  const methods = new Map();
  const lines = [];
  for (const { from, message } of log) {
    const arrow = from === "client" ? "-->" : "<--";
    if (message.method !== undefined) {
      const own = message.id !== undefined ? ` #${message.id}` : "";
      if (from === "client" && message.id !== undefined) methods.set(message.id, message.method);
      const params = { ...message.params };
      if ("processId" in params) params.processId = 1;
      if ("capabilities" in params) params.capabilities = "…";
      lines.push(`${arrow} ${message.method}${own}`, print(params));
    } else if (from === "server") {
      const body = message.error ? { error: message.error } : message.result;
      lines.push(`${arrow} #${message.id} ${methods.get(message.id) ?? ""}`.trimEnd(), print(body ?? null));
    }
  }
  const name = folder.replace(/^file:\/\//, "");
  return `${lines.join("\n")}\n`.replaceAll(folder, "file:///project").replaceAll(name, "/project");
}
