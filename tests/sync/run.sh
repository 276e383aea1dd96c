#!/bin/sh
# run.sh DEPOTC BUILD_DIR [--bless] [NAME…]: tests of `depotc stdlib sync`. BUILD_DIR is the folder that ../oracle/install.sh
# fills; it is filled first if need be. --bless rewrites expected/, NAME… runs the changes of these names only.
set -eu

if [ $# -lt 2 ]; then
  echo "usage: run.sh DEPOTC BUILD_DIR [--bless] [NAME...]" >&2
  exit 2
fi

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
"$here/../oracle/install.sh" "$2"

# Packages that others wrote, and earlier versions of TypeScript. What they are made for is taken from the real tools.
packages=$(CDPATH='' cd -- "$2" && pwd)/sync-packages
mkdir -p "$packages"
lock=$(cat "$here/package.json" "$here/package-lock.json" | sha256sum)
if [ "$lock" != "$(cat "$packages/.installed" 2>/dev/null || true)" ]; then
  rm -rf "$packages"
  mkdir "$packages"
  cp "$here/package.json" "$here/package-lock.json" "$packages/"
  (cd "$packages" && npm install --no-save --legacy-peer-deps --no-audit --no-fund --loglevel=error)
  rm -rf "$packages/node_modules/constructs"
  for name in constructs aws-cdk-lib; do
    ln -s "../../node_modules/$name" "$packages/node_modules/$name"
  done
  printf '%s\n' "$lock" >"$packages/.installed"
fi

node "$here/run.mjs" "$@"
