#!/bin/sh
# Commits in a repository with a hook, the plain one and pre-commit's: the same things hold for both.
# shellcheck disable=SC2154,SC2016,SC2123,SC2034 # the words of tests/cli/run; texts as they are

for kind in plain pre-commit; do
  repository "$kind: bad and good"
  guard $kind
  bad main.depot
  git add main.depot
  commit
  exits 1
  says "main.depot:3:3"
  says 'unknown property `colour`'
  good main.depot
  git add main.depot
  commit
  exits 0
  same "$(git status --porcelain)" ""

  repository "$kind: only what is staged is judged"
  guard $kind
  good main.depot
  git add main.depot
  bad main.depot
  commit
  exits 0
  holds main.depot colour
  bad main.depot
  git add main.depot
  good main.depot
  commit
  exits 1
  says "main.depot:3:3"
  holds main.depot sandbox

  repository "$kind: part of a file"
  guard $kind
  good main.depot
  { cat main.depot; printf '// between\n// between\n// between\n// between\n// between\n// between\n// between\nlet last = 1\n'; } >both.depot
  mv both.depot main.depot
  git add main.depot
  commit
  exits 0
  sed -i -e 's/demo/other/' -e 's/= 1/= nothing/' main.depot
  printf 'y\nn\n' | git add -p main.depot >/dev/null 2>&1
  commit
  exits 0
  holds main.depot nothing
  git add main.depot
  commit
  exits 1
  says "nothing"

  repository "$kind: commit -a and named files"
  guard $kind
  good main.depot
  good other.depot second
  git add .
  commit
  exits 0
  bad main.depot
  commit -a
  exits 1
  says "main.depot:3:3"
  good other.depot changed
  commit other.depot
  exits 0
  commit main.depot
  exits 1

  repository "$kind: an import, a schema, a file that is gone"
  guard $kind
  mkdir lib
  echo 'let size = 3' >lib/size.depot
  using main.depot 'count: int' size 'import { size } from "./lib/size.depot"'
  git add .
  commit
  exits 0
  echo 'let size = "x"' >lib/size.depot
  git add .
  commit
  exits 1
  says "lib/size.depot:1:12"
  git reset -q --hard
  git rm -q lib/size.depot
  commit
  exits 1
  says "lib/size.depot"
  git reset -q --hard
  cp -r "$root/examples/minimal" minimal
  git add .
  commit
  exits 0
  schema=minimal/schemas/Note.yaml
  echo "kind: [" >"$schema"
  git add .
  commit
  exits 1
  says "$schema"

  repository "$kind: names"
  guard $kind
  mkdir "mit Leer zeichen"
  bad "mit Leer zeichen/Größe.depot"
  git add .
  commit
  exits 1
  says "mit Leer zeichen/Größe.depot:3:3"
  good "mit Leer zeichen/Größe.depot"
  git add .
  commit
  exits 0

  repository "$kind: nothing of depotc's"
  guard $kind
  echo hello >README
  bad untracked.depot
  git add README
  commit
  exits 0
  says_not "untracked"
done
