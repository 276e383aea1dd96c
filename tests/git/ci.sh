#!/bin/sh
# The files for CI systems: what they run is run, and what GitHub makes of the output is looked at.
# shellcheck disable=SC2154,SC2016 # the words of tests/cli/run; texts as they are

# matches: what GitHub finds in what the last run said.
matches() {
  node "$root/tests/git/matcher.mjs" "$root/docs/ci/depotc-matcher.json" <"$work/err" >"$work/out" 2>&1
}

repository "the problem matcher"
bad main.depot
run check main.depot --diagnostics short
matches
prints '{"owner":"depotc","file":"main.depot","line":"3","column":"3","severity":"error","code":"D1203","message":"unknown property `colour` of environment"}'
mkdir "a: b"
printf 'let size = 3\n' >size.depot
using "a: b/ü.depot" 'count: int' 1 'import { size } from "../size.depot"'
run check "a: b/ü.depot" --diagnostics short
exits 0
matches
prints '"owner":"depotc","file":"a: b/ü.depot","line":"1","column":"10","severity":"warning","code":"D'
run check gone.depot --diagnostics short
matches
prints '{"owner":"depotc-file","file":"gone.depot","severity":"error","code":"D0001","message":"file `gone.depot` does not exist"}'
run check --nonsense --diagnostics short
matches
prints '{"owner":"depotc-run","severity":"error","code":"D0022","message":"unknown option `--nonsense` of `depotc check`"}'
{ echo "depotc 0.1.0"; echo "fixed 3 problems in 2 files"; echo "npm: error: 3"; } >"$work/err"
matches
prints_nothing

fresh "the description of the hooks"
if pre-commit validate-manifest "$root/.pre-commit-hooks.yaml" >"$work/out" 2>&1; then pass; else complain "not valid"; fi
awk '/^```yaml config$/ { n++; inside = 1; next } /^```/ { inside = 0 } inside { print > ("config" n ".yaml") }' "$root/docs/commit.md"
for file in config1.yaml config2.yaml; do
  there $file
  if pre-commit validate-config $file >"$work/out" 2>&1; then pass; else complain "$file of docs/commit.md is not valid"; fi
done
# What is to be written by hand is what the hooks' own description says.
described() {
  sed -n '/id: depotc-check$/,/- id:/s/^ *\(entry\|files\|always_run\|require_serial\): /\1: /p' "$1"
}
same "$(described config1.yaml)" "$(described "$root/.pre-commit-hooks.yaml")"
