#!/bin/sh
# Type-checks and synthesises the programs in test/. BUILD_DIR is the folder that ../oracle/install.sh filled.
set -eu

if [ $# -ne 1 ]; then
  echo "usage: test.sh BUILD_DIR" >&2
  exit 2
fi

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
build=$(CDPATH='' cd -- "$1" && pwd)
rm -rf "$build/depot-cdk-test"
cp -R "$here/test" "$build/depot-cdk-test"
cd "$build/depot-cdk-test"
../node_modules/.bin/tsc -p .
node --import tsx --test standin.test.ts
