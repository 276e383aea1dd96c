#!/bin/sh
# New projects in git: their hook and their configuration of pre-commit.
# shellcheck disable=SC2154,SC2016,SC2034 # the words of tests/cli/run; texts as they are

for template in minimal cdk multi-stage; do
  fresh "the first commit of $template"
  git init --quiet .
  run new shop --template "$template" --git
  exits 0
  cd shop || exit 3
  run build
  exits 0
  git add .
  commit
  exits 0
  same "$(git status --short .)" ""
  printf 'environment x {\n' >>main.depot
  git add .
  commit
  exits 1
  says "main.depot"
done

fresh "a new project under pre-commit"
run new shop --git
cd shop || exit 3
rm .git/hooks/pre-commit
git add .
pre-commit run --all-files >"$work/out" 2>"$work/err"; code=$?
exits 0; prints "depotc check"; prints "depotc fmt"; prints_not "Failed"
pre-commit validate-config .pre-commit-config.yaml >"$work/out" 2>"$work/err"; code=$?
exits 0
printf 'let   x=1\n' >>main.depot
git add .
pre-commit run --all-files >"$work/out" 2>"$work/err"; code=$?
exits 1; prints "depotc fmt"; prints "Failed"
