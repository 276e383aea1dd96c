#!/bin/sh
# `depotc check --affected`: the programs that files of the working tree affect.
# shellcheck disable=SC2154,SC2016,SC2123,SC2034 # the words of tests/cli/run; texts as they are

repository "what is named"
mkdir lib one two
echo 'let size = 3' >lib/size.depot
for folder in one two; do
  using $folder/main.depot count size 'import { size } from "../lib/size.depot"'
done
git add .
run check --affected
exits 0
git commit -qm "Base"
sed -i 's/account/colour: "red"\n  account/' two/main.depot
run check --affected one/main.depot
exits 0
run check --affected lib/size.depot
exits 1
says "two/main.depot:3"
run check --affected
exits 1
git checkout -q .
run check --affected
exits 0
says_nothing
echo 'let other = 3' >lib/size.depot
run check --affected lib
exits 1
says "one/main.depot:1"
git checkout -q .
rm lib/size.depot
echo hello >README
run check --affected README
exits 3
says "two/main.depot:1"
git add -A
run check --affected README
exits 3

repository "files that git does not know yet"
good main.depot
bad new.depot
git add main.depot
git commit -qm "Base"
run check --affected
exits 0
echo 'let size = 3' >size.depot
using main.depot count size 'import { size } from "./size.depot"'
run check --affected
exits 3
says "\`git add\` adds it"
git add size.depot
run check --affected
exits 0
