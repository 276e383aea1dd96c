#!/bin/sh
# Formatting before a commit, with pre-commit.
# shellcheck disable=SC2154,SC2016 # the words of tests/cli/run; texts as they are

repository "an unformatted file is rewritten, and the commit waits for it"
guard pre-commit
printf "environment demo {\n    account: { name: 'sandbox', id: aws.accountId, }\n}\n" >main.depot
printf 'name:   "demo"\n' >depot.project
printf 'name:   "not ours"\n' >notes.txt
git add .
commit
exits 1
says "files were modified by this hook"
same "$(cat main.depot)" "$(printf 'environment demo {\n  account: { name: "sandbox", id: aws.accountId }\n}')"
same "$(cat depot.project)" 'name: "demo"'
holds notes.txt '   "not ours"'
same "$(git log --oneline | wc -l)" 1
git add .
commit
exits 0
same "$(git status --porcelain)" ""
same "$(git log --oneline | wc -l)" 2

repository "only what is staged is formatted"
guard pre-commit
good main.depot
depotc fmt main.depot
git add main.depot
printf 'let   last = 1\n' >>main.depot
commit
exits 0
holds main.depot "let   last"

repository "what cannot be read is formatted around its mistake"
guard pre-commit
printf 'let a = 1 +\nlet   b = 2\nenvironment demo {\n  account: { name: "sandbox", id: aws.accountId }\n}\n' >main.depot
git add main.depot
commit
exits 1
says "main.depot:1:12"
holds main.depot "let b = 2"

repository "--staged judges the staged text, whatever the working tree has"
good main.depot
depotc fmt main.depot
git add main.depot
run fmt --staged
exits 0
printf 'let   last = 1\n' >>main.depot
run fmt --staged
exits 0
git add main.depot
depotc fmt main.depot
run fmt --staged
exits 1
same "$(cat "$work/out")" "main.depot"
run fmt --staged --diff
exits 1
prints "-let   last = 1"
prints "+let last = 1"
holds main.depot "let last"
printf 'name:   "demo"\n' >depot.project
printf 'name:   "not ours"\n' >notes.txt
mkdir -p below
printf 'let   a = 1\n' >below/other.depot
ln -s below/other.depot link.depot
git add .
git rm -q --cached main.depot
run fmt --staged
exits 1
same "$(cat "$work/out")" "below/other.depot
depot.project"
cd below || exit 3
run fmt --staged
same "$(cat "$work/out")" "other.depot
../depot.project"
run fmt --staged .
same "$(cat "$work/out")" "other.depot"
cd ..
run fmt --staged depot.project
same "$(cat "$work/out")" "depot.project"
run fmt --staged notes.txt
exits 0
run fmt --staged -
exits 2

repository "--staged takes the width from the staged project"
printf 'name: "demo"\nformat: { indent: 4 }\n' >depot.project
printf 'environment demo {\n    account: { name: "sandbox", id: aws.accountId }\n}\n' >main.depot
git add .
printf 'name: "demo"\n' >depot.project
run fmt --staged
exits 0
git add .
run fmt --staged
exits 1
same "$(cat "$work/out")" "main.depot"

repository "the plain hook asks for formatted files"
run hook install
printf 'environment demo {\n    account: { name: "sandbox", id: aws.accountId }\n}\n' >main.depot
git add .
commit
exits 1
says "not formatted:"
says "  main.depot"
says '`depotc fmt` formats the files'
depotc fmt main.depot
commit
exits 1
git add .
commit
exits 0

fresh "--staged outside of a repository"
run fmt --staged
exits 3
says "D0111"
