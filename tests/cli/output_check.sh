#!/bin/sh
# `build --check`, and what is shown of files that a build does not overwrite.
# shellcheck disable=SC2154,SC2016 # the words of tests/cli/run; texts as they are

fresh "what would be overwritten is shown"
program main.depot
run build main.depot
sed -i 's/"Resources"/"Reserved"/' out/demo.template.json
run build main.depot
exits 3; says "error[D5002]"; says '`--force` would change:'; says '-  "Reserved": {'; says '+  "Resources": {'
run build main.depot --diagnostics json
says '-  \"Reserved\": {\n+  \"Resources\": {'
run build main.depot --force
printf '{}\n' >out/demo.template.json; rm out/.depotc-manifest.json
run build main.depot
exits 3; says "error[D5001]"; says "          -{}"

fresh "a long difference is cut"
program main.depot
run build main.depot
seq 1 3000 >out/demo.template.json
run build main.depot
exits 3; says "-20"; says_not "-30"; says " more lines"
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "ü"; print "" }' >out/demo.template.json
run build main.depot
exits 3; says "ü…"
if [ "$(wc -c <"$work/err")" -lt 6000 ]; then pass; else complain "a line of 200000 bytes is shown"; fi
printf 'a\0b' >out/demo.template.json
run build main.depot
exits 3; says "it is no text, of 3 bytes"
printf '\377' >out/demo.template.json
run build main.depot --diagnostics json
exits 3; says "it is no text, of 1 bytes"
: >out/demo.template.json
run build main.depot
exits 3; says "@@ -0,0 +1,"

fresh "of many files the first differences are shown"
for i in $(seq 10 29); do program "$i.depot" "env$i"; done
run build
for i in $(seq 10 29); do echo '// mine' >>"out/env$i.template.json"; done
run build
exits 3; says "error: 20 errors"; same 10 "$(grep -c 'would change' "$work/err")"

fresh "--check: all is as it should be"
program main.depot
run build main.depot
find out -exec touch -d 2001-01-01 {} +
run build main.depot --check
exits 0; says_nothing; prints_nothing
same "" "$(find out -newermt 2002-01-01)"

fresh "--check: no output yet"
program main.depot
run build main.depot --check
exits 1; says 'error[D5008]: file `out/demo.template.json` of the output is missing'; gone out
run build main.depot --check --target cdk -o deep/er
exits 1; says "deep/er/cdk.json"; gone deep

fresh "--check: what would change"
program a.depot a; program b.depot b; program c.depot c
run build
sed -i 's/sandbox/other/' a.depot
sed -i 's/aws.accountId/"000000000000"/' a.depot
program b.depot d
echo '// mine' >>out/c.template.json
cp -a out before
run build --check
exits 1
says 'error[D5007]: file `out/c.template.json` is not what the program gives'
says "it was edited since depotc wrote it"
says "          -// mine"
says 'error[D5009]: file `out/b.template.json` is no longer produced'
says 'error[D5008]: file `out/d.template.json` of the output is missing'
says_not .depotc-manifest.json
same "" "$(diff -r before out)"
run build --check --diagnostics short
says "out/c.template.json"; says "[D5007]"
run build --check --diagnostics json
says '"code":"D5009"'

fresh "--check: edited, and no longer produced"
program main.depot old
run build main.depot
echo '// mine' >>out/old.template.json
program main.depot new
run build main.depot --check
exits 1; says "warning[D5005]"; says "error[D5008]"; there out/old.template.json

fresh "--check: files that depotc did not write"
program main.depot
mkdir out
echo mine >out/demo.template.json
run build main.depot --check
exits 1; says "error[D5007]"; says "depotc did not write it"
ln -sf ../main.depot out/demo.template.json
run build main.depot --check
exits 1; says "it is a symbolic link"; says_not environment

fresh "--check: the manifest counts"
program main.depot
run build main.depot
cp out/.depotc-manifest.json kept
rm out/.depotc-manifest.json
run build main.depot --check
exits 1; says 'error[D5008]: file `out/.depotc-manifest.json`'
sed 's/"files": {/"files": { "gone.json": "00",/' kept >out/.depotc-manifest.json
run build main.depot --check
exits 1; says 'error[D5007]: file `out/.depotc-manifest.json`'
{ echo "<<<<<<< HEAD"; cat kept; echo "<<<<<<< other"; } >out/.depotc-manifest.json
run build main.depot --check
exits 3; says "error[D5004]"; says "git left a conflict in it"; says 'git checkout --theirs -- out'

fresh "--check: errors of the program come first"
program main.depot
sed -i 's/account/acount/' main.depot
run build main.depot --check
exits 1; says_not D5008

fresh "--check: in a folder that may not be written to"
program main.depot
run build main.depot
chmod 555 out
as_somebody build main.depot --check
exits 0
program main.depot other
as_somebody build main.depot --check
exits 1; says D5008; says D5009
chmod 755 out

fresh "--check: what it excludes"
program main.depot
run build main.depot --check --stdout
exits 2; says 'error[D0077]: options `--check` and `--stdout` exclude each other'
run build main.depot --check --force
exits 2; says 'options `--check` and `--force`'
