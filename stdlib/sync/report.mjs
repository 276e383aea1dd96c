/// The report of a comparison: for people as text or Markdown, for programs as JSON.

/// What entries may be, in the order of the report. All but the last three are differences.
const GROUPS = [
  ["new", "only in the package"],
  ["missing", "only in the library"],
  ["changed", "otherwise in the package"],
  ["left out", "cannot be written in `.depot`"],
  ["confirmed", "was inferred and is confirmed"],
  ["described", "described in the package's words"],
];

const DIFFERENCES = ["new", "missing", "changed"];

function plural(count, word) {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

/// Each fact once, in a fixed order.
function unique(entries) {
  const byText = new Map(
    entries.map((one) => [`${one.where}\n${one.what}\n${one.text}`, one]),
  );
  return [...byText]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, one]) => one);
}

function summary(entries) {
  const count = (...whats) =>
    entries.filter((one) => whats.includes(one.what)).length;
  const differences = count(...DIFFERENCES);
  return [
    differences === 0 ? "no differences" : plural(differences, "difference"),
    `${plural(count("confirmed"), "inferred fact")} confirmed`,
    plural(count("described"), "description"),
    ...(count("left out") > 0 ? [`${count("left out")} left out`] : []),
  ].join(", ");
}

function textReport(title, entries, notes) {
  const lines = [title];
  for (const [what, heading] of GROUPS.slice(0, -1)) {
    const some = entries.filter((one) => one.what === what);
    if (some.length > 0) {
      lines.push("", `${heading} (${some.length}):`);
      lines.push(
        ...some.map(
          (one) =>
            `  ${one.where}${what === "confirmed" ? "" : `: ${one.text}`}`,
        ),
      );
    }
  }
  lines.push(...(notes.length > 0 ? ["", ...notes] : []), "", summary(entries));
  return `${lines.join("\n")}\n`;
}

function markdownReport(title, entries, notes) {
  const lines = [`# ${title}`, "", `${summary(entries)}.`];
  for (const [what, heading] of GROUPS) {
    const some = entries.filter((one) => one.what === what);
    if (some.length > 0) {
      lines.push(
        "",
        `## ${heading.charAt(0).toUpperCase()}${heading.slice(1)}`,
        "",
      );
      lines.push(
        ...some.map(
          (one) =>
            `* \`${one.where}\`${what === "confirmed" ? "" : `: ${one.text}`}`,
        ),
      );
    }
  }
  lines.push(...notes.flatMap((one) => ["", one]));
  return `${lines.join("\n")}\n`;
}

/// { text, markdown, json }. `notes`: sentences about the comparison as a whole.
export function writeReport(result, pack, notes) {
  const entries = unique(result.entries);
  const title = `${pack.name} ${pack.version}, held against the library of depotc`;
  return {
    text: textReport(title, entries, notes),
    markdown: markdownReport(title, entries, notes),
    json: {
      formatVersion: "1.0",
      package: { name: pack.name, version: pack.version },
      differences: entries.filter((one) => DIFFERENCES.includes(one.what))
        .length,
      entries: entries.map(({ what, where, text }) => ({ what, where, text })),
      notes,
    },
  };
}
