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

# perform FILE EXPECTED: runs the commands of depotc in the file (check, fmt, test); EXPECTED is what the exit
# codes are.
perform() {
  "$root/tests/git/steps.py" "$root/docs/ci/$1" >"$work/commands" 2>"$work/err" || complain "$1 cannot be read"
  codes=
  while read -r command; do
    timeout 120 sh -c "$command" >"$work/out" 2>"$work/err" </dev/null
    code=$?
    codes=$codes$code
  done <"$work/commands"
  same "$1: $codes" "$1: $2"
}

for file in github.yml gitlab.yml; do
  repository "$file"
  good main.depot
  perform $file 000
  fresh "$file, errors"
  bad main.depot
  perform $file 100
  case $file in
  github.yml) report=depotc.sarif ;;
  *) report=gl-code-quality-report.json ;;
  esac
  holds $report D1203
  if python3 -m json.tool $report >/dev/null 2>&1; then pass; else complain "$report is not JSON"; fi
done

fresh "the description of the hooks"
if pre-commit validate-manifest "$root/.pre-commit-hooks.yaml" >"$work/out" 2>&1; then pass; else complain "not valid"; fi
awk '/^```yaml config$/ { n++; inside = 1; next } /^```/ { inside = 0 } inside { print > ("config" n ".yaml") }' "$root/docs/commit.md"
for file in config1.yaml config2.yaml; do
  there $file
  if pre-commit validate-config $file >"$work/out" 2>&1; then pass; else complain "$file of docs/commit.md is not valid"; fi
done
# What is to be written by hand is what the hooks' own description says.
for id in depotc-check depotc-fmt; do
  same "$(sed -n "/id: $id\$/,/- id:/s/^ *\(entry\|files\|always_run\|require_serial\): /\1: /p" config1.yaml)" \
    "$(sed -n "/id: $id\$/,/- id:/s/^ *\(entry\|files\|always_run\|require_serial\): /\1: /p" "$root/.pre-commit-hooks.yaml")"
done
