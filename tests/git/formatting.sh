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
