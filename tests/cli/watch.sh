#!/bin/sh
# `build --watch` and `check --watch`, and the ways in which editors save. Nothing here is timed: each step waits for
# what it expects, for as long as a slow machine may take.
# shellcheck disable=SC2154,SC2016,SC2034 # the words of tests/cli/run; texts as they are

# watch ARGUMENT…: runs depotc in the background; what it says goes to $work/err.
watch() {
  "$depotc" "$@" --watch >"$work/out" 2>"$work/err" </dev/null &
  watcher=$!
  rounds=0
  round
}

# round: waits until one more round has ended.
round() {
  rounds=$((rounds + 1))
  tries=0
  while [ "$(grep -c 'Ctrl-C ends' "$work/err")" -lt "$rounds" ] && [ $tries -lt 600 ]; do
    tries=$((tries + 1))
    sleep 0.05
  done
  if [ $tries -lt 600 ]; then pass; else complain "round $rounds never came"; fi
  # What comes at once, where a file changed while it was read, belongs to this round.
  sleep 0.1
  rounds=$(grep -c 'Ctrl-C ends' "$work/err")
}

# stop SIGNAL
stop() {
  kill "-$1" "$watcher"
  wait "$watcher"
  code=$?
  exits 0
}

sources() {
  cat >main.depot <<'PROGRAM'
import { size } from "./size.depot"
environment shop {
  account: { name: "retail", id: aws.accountId }
  location hot: DynamoDB { name: size }
}
PROGRAM
  printf 'let size = "one"\n' >size.depot
}

fresh "every way to save is noticed"
sources
watch build main.depot
holds out/shop.template.json '"one"'; says "watching 2 files"
printf 'let size = "two"\n' >size.depot
round; says '`size.depot` changed'; holds out/shop.template.json '"two"'
sed -i 's/two/three/' size.depot
round; holds out/shop.template.json '"three"'
printf 'let size = "four"\n' >new; mv new size.depot
round; holds out/shop.template.json '"four"'
mv size.depot size.depot~; printf 'let size = "five"\n' >size.depot; rm size.depot~
round; holds out/shop.template.json '"five"'
printf 'let size = 6\n' >size.depot
round; says "error[D2001]"; holds out/shop.template.json '"five"'
rm size.depot
round; says "error[D0001]"
printf 'let size = "seven"\n' >size.depot
round; holds out/shop.template.json '"seven"'
before=$(stat -c %Y.%i out/shop.template.json)
touch size.depot
round; same "$(stat -c %Y.%i out/shop.template.json)" "$before"
stop TERM
says_not "internal error"

fresh "folders, new files and projects are followed"
mkdir app
printf 'name: "shop"\n' >app/depot.project
program app/one.depot one
cd app || exit 3
watch build
there out/one.template.json
program two.depot two
round; there out/two.template.json
rm one.depot
round; gone out/one.template.json
printf 'name: "shop"\nparams: { stage: "dev" }\n' >depot.project
round; says "error[D2022]"
printf 'param stage: string\n' >params.depot
round; says_not "internal error"
mkdir schemas
cat >two.depot <<'PROGRAM'
environment two {
  account: { name: "sandbox", id: aws.accountId }
  package model { version: "1.0.0", schemas: ["./later"] }
}
PROGRAM
round; says "error[D3101]"
mkdir later
printf 'type: object\nproperties:\n  code: string\n' >later/Order.yaml
round
before=$(grep -c 'error\[' "$work/err")
touch two.depot
round
same "$(grep -c 'error\[' "$work/err")" "$before"
cd ..
mv app moved
round
touch moved/two.depot
round; says 'two.depot` changed'
stop INT

fresh "check watches, too, and mistakes of the command line end it"
sources
watch check main.depot
printf 'let size = nothing\n' >size.depot
round; says "error[D1101]"; gone out
stop HUP
run check --watch --fix main.depot
exits 2; says "error[D0077]"
run build --watch --check main.depot
exits 2
run build --watch --nonsense main.depot
exits 2
run build --watch -o
exits 2

fresh "a machine that cannot tell of changes"
sources
if command -v strace >/dev/null 2>&1; then
  strace -f -qq -o /dev/null -e inject=inotify_init1:error=EMFILE \
    "$depotc" build main.depot --watch >"$work/out" 2>"$work/err" </dev/null &
  tracer=$!
  rounds=0
  round; says "does not tell of changes"
  printf 'let size = "two"\n' >size.depot
  round; holds out/shop.template.json '"two"'
  pkill -TERM -P "$tracer"
  wait "$tracer"
fi

fresh "of many files only what changed is built, and all are followed"
rm -rf "$XDG_CACHE_HOME"
printf 'let size = 1\n' >size.depot
for i in $(seq 60); do
  printf 'import { size } from "./size.depot"\nenvironment env%s {\n  account: { name: "x", id: aws.accountId }\n  location hot: DynamoDB { name: "first-%s-${size}" }\n}\n' "$i" "$i" >"e$i.depot"
done
sleep 0.02
watch build
holds out/env5.template.json first-5-1
for round in second third; do
  sed -i "s/name: \"[a-z]*-/name: \"$round-/" e5.depot
  round; holds out/env5.template.json "$round-5-1"; holds out/env6.template.json first-6-1
done
printf 'let size = 2\n' >size.depot
round; holds out/env5.template.json third-5-2; holds out/env60.template.json first-60-2
printf 'nonsense\n' >>e6.depot
round; says 'error['
sed -i '$d' e6.depot
sed -i s/first/mended/ e6.depot
round; holds out/env6.template.json mended-6-2
program new.depot fresh
round; there out/fresh.template.json
rm e7.depot
round; gone out/env7.template.json
stop INT
