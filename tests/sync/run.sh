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
node "$here/run.mjs" "$@"
