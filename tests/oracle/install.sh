#!/bin/sh
# Puts the real tools and the stand-in packages into BUILD_DIR/node_modules.
set -eu

if [ $# -ne 1 ]; then
  echo "usage: install.sh BUILD_DIR" >&2
  exit 2
fi

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
mkdir -p "$1"
build=$(CDPATH='' cd -- "$1" && pwd)

# `npm install` obeys the lock as `npm ci` does, but also accepts that a registry has the optional binaries of some
# platforms only. It runs when the lock says something new.
lock=$(cat "$here/package.json" "$here/package-lock.json" | sha256sum)
if [ "$lock" != "$(cat "$build/.installed" 2>/dev/null || true)" ]; then
  rm -f "$build/.installed"
  cp "$here/package.json" "$here/package-lock.json" "$build/"
  (cd "$build" && npm install --no-save --no-audit --no-fund --loglevel=error)
  printf '%s\n' "$lock" >"$build/.installed"
fi

# In this order, because each is compiled against those before it.
scope="$build/node_modules/@stage-tech"
mkdir -p "$scope"
for package in depot-schema depot-package-common depot-cdk; do
  source="$here/../depot-cdk/$package"
  target="$scope/$package"
  if [ -d "$target/dist" ] &&
    [ -z "$(find "$source" "$scope/depot-schema/dist" -newer "$target/.built" -print 2>/dev/null | head -n 1)" ]; then
    continue
  fi
  rm -rf "$target"
  cp -R "$source" "$target"
  "$build/node_modules/.bin/tsc" -p "$target"
  touch "$target/.built"
done
