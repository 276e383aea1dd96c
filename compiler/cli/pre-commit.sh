#!/bin/sh
# Written by `depotc hook install`; `depotc hook uninstall` removes it.
# Before each commit: checks what is staged, with all that it needs, and every program that uses it,
# and whether it is formatted. What is not staged plays no part.
if ! command -v depotc >/dev/null 2>&1; then
  echo "depotc is not in PATH: the commit was not checked, and not made." >&2
  exit 3
fi
depotc check --staged
code=$?
if [ "$code" -ne 0 ]; then
  echo >&2
  echo "The commit was not made. \`depotc check --fix\` mends what is safe to mend;" >&2
  echo "then \`git add\` the files and commit again." >&2
  exit "$code"
fi
unformatted=$(depotc fmt --staged)
code=$?
if [ -n "$unformatted" ]; then
  echo "not formatted:" >&2
  printf '%s\n' "$unformatted" | sed 's/^/  /' >&2
fi
if [ "$code" -ne 0 ]; then
  echo >&2
  echo "The commit was not made. \`depotc fmt\` formats the files;" >&2
  echo "then \`git add\` them and commit again." >&2
fi
exit "$code"
