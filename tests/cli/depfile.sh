#!/bin/sh
# `build --depfile`, with make and ninja.
# shellcheck disable=SC2154,SC2016,SC2034 # the words of tests/cli/run; texts as they are

# A program that reads a file of each kind, under names that mean something in rules.
sources() {
  mkdir -p 'a b' schemas
  printf 'name: "shop"\nparams: { stage: "dev" }\npolicies: ["./rules.depot"]\n' >depot.project
  printf 'rule "R-1" "no" for location as one {\n  require has(one.name)\n}\n' >rules.depot
  printf 'let size = "s"\n' >'a b/it$s#1.depot'
  printf 'type: object\nproperties:\n  code: string\n' >schemas/Order.yaml
  printf 'note\n' >note.txt
  cat >main.depot <<'PROGRAM'
import { size } from "./a b/it$s#1.depot"
param stage: string
param mark: string = "none"
environment shop {
  account: { name: "retail-${stage}", id: aws.accountId }
  location hot: DynamoDB { name: "${size}-${mark}-${trim(file("./note.txt"))}" }
  package model { version: "1.0.0", schemas: ["./schemas"] }
  dataset all { location: hot, package: model }
}
PROGRAM
  printf '{ "mark": "m" }\n' >params.json
}

fresh "a rule names everything that was read"
sources
run build --params params.json --depfile shop.d
exits 0; says_nothing
holds shop.d "out/.depotc-manifest.json: "
for name in depot.project rules.depot main.depot 'a\ b/it$$s\#1.depot' note.txt schemas/Order.yaml params.json; do
  holds shop.d "  $name"
done
run build --params params.json --depfile shop.d --depfile-target 'my stamp'
holds shop.d 'my\ stamp: '
run build --params params.json --stdout --depfile printed.d
exits 0; holds printed.d 'printed.d: '
run build --params params.json --depfile nowhere/shop.d
exits 3; says "error[D0040]"; says "nowhere/shop.d"
run build --depfile-target x
exits 2; says "error[D0033]"
rm shop.d
printf 'let x = y\n' >>main.depot
run build --params params.json --depfile shop.d
exits 1; gone shop.d

# rebuilds COMMAND…: how often the build tool runs depotc when nothing, then each file, changes.
rebuilds() {
  "$@" >"$work/out" 2>"$work/err"
  code=$?
  exits 0
  "$@" >"$work/out" 2>"$work/err"
  prints_not 'depotc build'
  for name in depot.project rules.depot main.depot 'a b/it$s#1.depot' note.txt schemas/Order.yaml params.json; do
    sleep 0.02 # longer than what the clock of files can tell apart
    touch "$name"
    sleep 0.02
    "$@" >"$work/out" 2>"$work/err"
    test="$1: $name changes"
    prints 'depotc build'
    "$@" >"$work/out" 2>"$work/err"
    test="$1: nothing changes after $name"
    prints_not 'depotc build'
  done
  touch unrelated.depot.txt
  "$@" >"$work/out" 2>"$work/err"
  prints_not 'depotc build'
  rm note.txt
  sed -i 's/-${trim(file(".\/note.txt"))}//' main.depot
  "$@" >"$work/out" 2>"$work/err"
  code=$?
  test="$1: a file is gone that is no longer read"
  exits 0
}

fresh "make builds again what needs it"
sources
cat >Makefile <<MAKE
shop.stamp: main.depot
	@echo depotc build
	@$depotc build --params params.json --depfile shop.d --depfile-target shop.stamp
	@touch shop.stamp
-include shop.d
MAKE
rebuilds make

fresh "ninja builds again what needs it"
sources
cat >build.ninja <<NINJA
rule depot
  command = $depotc build --params params.json --depfile shop.d --depfile-target \$out && touch \$out
  description = depotc build
  depfile = shop.d
build shop.stamp: depot main.depot
NINJA
rebuilds ninja
