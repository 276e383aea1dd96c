#!/bin/sh
# run.sh DEPOTC BUILD_DIR: holds the reports of all goldens, of all explanation pages and of failures against the schemas of
# their forms, and against each other. What npm provides for that goes to BUILD_DIR/reports.
set -eu

if [ $# -ne 2 ]; then
  echo "usage: run.sh DEPOTC BUILD_DIR" >&2
  exit 2
fi

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
mkdir -p "$2/reports"
packages=$(CDPATH='' cd -- "$2/reports" && pwd)
lock=$(cat "$here/package.json" "$here/package-lock.json" | sha256sum)
if [ "$lock" != "$(cat "$packages/.installed" 2>/dev/null || true)" ]; then
  rm -f "$packages/.installed"
  cp "$here/package.json" "$here/package-lock.json" "$packages/"
  (cd "$packages" && npm install --no-save --no-audit --no-fund --loglevel=error)
  printf '%s\n' "$lock" >"$packages/.installed"
fi

node "$here/run.mjs" "$1" "$packages/node_modules"
