#!/bin/sh
# `depotc check --staged`: what would be committed is judged, and nothing else.
# shellcheck disable=SC2154,SC2016,SC2123,SC2034 # the words of tests/cli/run; texts as they are

repository "nothing staged"
run check --staged
exits 0
says_nothing
prints_nothing

repository "the first commit"
bad main.depot
run check --staged
exits 0
git add main.depot
run check --staged
exits 1
says "main.depot:3:3"
says "unknown property"
good main.depot
run check --staged
exits 1
git add main.depot
run check --staged
exits 0
says_nothing
bad main.depot
run check --staged
exits 0

repository "what is committed already and did not change is not judged"
bad old.depot
git add .
git commit -qm "Old sins"
mkdir new
good new/new.depot
git add .
run check --staged
exits 0

repository "an import is read from the index"
echo 'let size = 3' >sizes.depot
using main.depot count size 'import { size } from "./sizes.depot"'
git add .
run check --staged
exits 0
echo 'let other = 3' >sizes.depot
run check --staged
exits 0
git add sizes.depot
echo 'let size = 3' >sizes.depot
run check --staged
exits 1
says "main.depot:1:10"

repository "who imports what changed is judged, directly or not"
mkdir lib
echo 'let size = 3' >lib/a.depot
printf 'import { size } from "./a.depot"\nlet double = size * 2\n' >lib/b.depot
using main.depot 'count: int' double 'import { double } from "./lib/b.depot"'
git add .
git commit -qm "Base"
echo 'let size = "three"' >lib/a.depot
git add .
run check --staged
exits 1
says "lib/b.depot:2"
git checkout -qf HEAD .
git rm -q lib/a.depot
run check --staged
exits 3
says "lib/b.depot:1"
says "lib/a.depot"
git reset -q --hard
git mv lib/a.depot lib/c.depot
run check --staged
exits 3
sed -i 's/a.depot/c.depot/' lib/b.depot
run check --staged
exits 3
git add .
run check --staged
exits 0

repository "limited to paths"
mkdir one two
bad one/main.depot
good two/main.depot
git add .
run check --staged two
exits 0
run check --staged one
exits 1
run check --staged two/main.depot one/main.depot
exits 1
cd two || exit 3
run check --staged .
exits 0
run check --staged
exits 1
says "../one/main.depot:3"
run check --staged ../one
exits 1

repository "texts of file()"
using main.depot text 'file("./texts/hello.txt")'
mkdir texts
echo hello >texts/hello.txt
git add .
rm texts/hello.txt
run check --staged
exits 0
git commit -qm "Base"
git rm -q --cached texts/hello.txt
echo hello >texts/hello.txt
run check --staged
exits 3
says "texts/hello.txt"

repository "paths that are put together"
using main.depot text 'file("./texts/${word}.txt")' 'param word: string = "hello"'
mkdir texts
echo hello >texts/hello.txt
git add .
git commit -qm "Base"
git rm -q texts/hello.txt
run check --staged
exits 3
says "texts/hello.txt"

repository "hostile names"
mkdir "a b" 'q"uo'\''te' -- "-dash"
newline=$(printf 'new\nline')
good "a b/ümläut file.depot"
good 'q"uo'\''te/x.depot'
good "-dash/--fix.depot"
good "--staged.depot"
good "$newline.depot" other
good "$(printf 'l\303\244tin-\344.depot')" third
git add .
run check --staged
exits 0
says_nothing
bad "a b/ümläut file.depot"
bad 'q"uo'\''te/x.depot'
bad "-dash/--fix.depot"
git add .
run check --staged
exits 1
says 'a b/ümläut file.depot:3'
says 'q"uo'\''te/x.depot:3'
says '-dash/--fix.depot:3'
echo 'let size = 3' >'q"uo'\''te/s "x.depot'
using 'q"uo'\''te/x.depot' count size 'import { size } from "./s \"x.depot"'
good "a b/ümläut file.depot"
good "-dash/--fix.depot"
git add .
run check --staged
exits 0
git commit -qm "Base"
git rm -q 'q"uo'\''te/s "x.depot'
run check --staged
exits 3
says 'q"uo'\''te/x.depot:1'

repository "schemas"
cp -r "$root/examples/minimal" packages
git add .
git commit -qm "Base"
schema=packages/schemas/Note.yaml
echo "kind: [" >"$schema"
run check --staged
exits 0
git add .
git show "HEAD:$schema" >"$schema"
run check --staged
exits 1
says "$schema"
git add .
run check --staged
exits 0
git rm -q -- "$schema"
run check --staged
if [ "$code" -ne 0 ]; then pass; else complain "a schema that is gone is not missed"; fi

repository "projects"
mkdir -p team/lib other
echo 'name: "team"' >team/depot.project
echo 'entries: ["./main.depot"]' >>team/depot.project
echo 'policies: ["./policy.depot"]' >>team/depot.project
printf 'let size = 3\n' >team/lib/size.depot
: >team/policy.depot
using team/main.depot count size 'import { size } from "./lib/size.depot"'
good other/main.depot
git add .
run check --staged
exits 0
git commit -qm "Base"
echo 'let sizes = 3' >team/lib/size.depot
git add .
run check --staged
exits 1
says "team/main.depot:1"
git reset -q --hard
echo 'nam: "team"' >team/depot.project
git add .
git show HEAD:team/depot.project >team/depot.project
run check --staged
exits 1
says "team/depot.project:1"
git reset -q --hard
cat >team/policy.depot <<'PROGRAM'
rule "X0001" "no programs here" for environment {
  require false
}
PROGRAM
git add .
run check --staged
exits 1
says "X0001"
git reset -q --hard
git rm -q team/policy.depot
run check --staged
exits 3
says "policy.depot"
git reset -q --hard
bad other/main.depot
echo 'let size = 4' >team/lib/size.depot
git add .
run check --staged
exits 1
says "other/main.depot:3"
says_not "team/"

repository "what several programs use is told once"
mkdir lib one two
echo 'let size: int = "x"' >lib/size.depot
for folder in one two; do
  using $folder/main.depot count size 'import { size } from "../lib/size.depot"'
done
git add .
run check --staged --diagnostics short
exits 1
same "$(grep -c 'lib/size.depot:1' "$work/err")" 1

repository "symbolic links"
mkdir shared app
echo 'let size = 3' >shared/size.depot
ln -s ../shared app/lib
using app/main.depot count size 'import { size } from "./lib/size.depot"'
git add .
rm app/lib
run check --staged
exits 0
git commit -qm "Base"
echo 'let other = 3' >shared/size.depot
git add shared
run check --staged
exits 1
says "app/main.depot:1"

repository "line ends"
git config core.autocrlf true
bad main.depot
sed -i 's/$/\r/' main.depot
git add main.depot 2>/dev/null
run check --staged
exits 1
says "main.depot:3:3"

repository "indexes of git's own"
good main.depot
git add .
git commit -qm "Base"
bad main.depot
GIT_INDEX_FILE=.git/other git read-tree HEAD
GIT_INDEX_FILE=.git/other
export GIT_INDEX_FILE
git add main.depot
run check --staged
unset GIT_INDEX_FILE
exits 1
run check --staged
exits 0

repository "worktrees and submodules"
good main.depot
git add .
git commit -qm "Base"
git worktree add -q ../here-tree 2>/dev/null
bad ../here-tree/main.depot
git -C ../here-tree add .
cd ../here-tree || exit 3
run check --staged
exits 1
cd ../here || exit 3
run check --staged
exits 0
rm -rf "$work/here-tree" "$work/module"
git init -q "$work/module"
echo 'let size = 3' >"$work/module/size.depot"
git -C "$work/module" add .
git -C "$work/module" commit -qm "Base"
git submodule --quiet add "$work/module" module 2>"$work/err"
using main.depot count size 'import { size } from "./module/size.depot"'
git add .
run check --staged
exits 0
git commit -qm "A submodule"
echo 'let other = 3' >module/size.depot
git -C module commit -qam "Changed"
git add module
run check --staged
exits 1
says "main.depot"

repository "merges"
good main.depot
git add .
git commit -qm "Base"
git switch -qc side
good main.depot side
git commit -qam "Side"
git switch -q main
good main.depot main
git commit -qam "Main"
git merge -q side >/dev/null 2>&1
run check --staged
exits 3
says "conflict"
good main.depot both
git add .
run check --staged
exits 0

fresh "no repository"
run check --staged
exits 3
says "D0111"
says "not a git repository"
git init -q --bare .
run check --staged
exits 3
says "D0111"
repository "no git"
before=$PATH
mkdir -p "$work/empty"
ln -sf "$(command -v timeout)" "$work/empty/timeout"
PATH=$work/empty
run check --staged
PATH=$before
exits 3
says "D0110"
run check --staged --diagnostics json
exits 0
prints_nothing
if python3 -m json.tool "$work/err" >/dev/null 2>&1; then pass; else complain "expected JSON"; fi

repository "options that exclude each other"
run check --staged --affected
exits 2
says "D0077"
run check --staged --fix
exits 2
run check --staged --no-project
exits 2
