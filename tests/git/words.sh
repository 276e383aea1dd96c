#!/bin/sh
# Words for checks in git repositories. Git, pre-commit and depotc see nothing of the machine's
# settings.
# shellcheck disable=SC2154,SC2016,SC2123,SC2034 # the words of tests/cli/run; texts as they are
mkdir -p "$work/bin" "$work/user" "$work/hooks"
ln -sf "$depotc" "$work/bin/depotc"
PATH=$work/bin:$PATH
HOME=$work/user
PRE_COMMIT_HOME=$work/user/pre-commit
GIT_CONFIG_NOSYSTEM=1
export PATH HOME PRE_COMMIT_HOME GIT_CONFIG_NOSYSTEM
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE XDG_CONFIG_HOME
git config --global user.name "A Tester"
git config --global user.email tester@example.com
git config --global init.defaultBranch main
git config --global protocol.file.allow always
git config --global advice.detachedHead false

# What `repos: - repo: …` clones: the file that describes our hooks.
cp "$root/.pre-commit-hooks.yaml" "$work/hooks/"
git -C "$work/hooks" init -q
git -C "$work/hooks" add .
git -C "$work/hooks" commit -qm "The hooks"

# repository NAME: the next checks are about NAME and begin in an empty repository.
repository() {
  fresh "$1"
  git init -q .
}

# good FILE [NAME], bad FILE: programs without and with a mistake.
good() {
  program "$1" "${2:-demo}"
}
bad() {
  printf 'environment demo {\n  account: { name: "sandbox", id: aws.accountId }\n  colour: "red"\n}\n' >"$1"
}

# using FILE NAME VALUE [DECLARATION…]: a program that has the declarations before its environment, and
# in that an output NAME of VALUE.
using() {
  using_file=$1
  using_output="  output $2 = $3"
  shift 3
  {
    [ $# -eq 0 ] || printf '%s\n' "$@"
    printf 'environment demo {\n  account: { name: "sandbox", id: aws.accountId }\n%s\n}\n' "$using_output"
  } >"$using_file"
}

# commit [OPTION…]: what git and the hooks say is what the last run said.
commit() {
  timeout 120 git commit -qm "A change" "$@" >"$work/out" 2>"$work/err" </dev/null
  code=$?
}

# guard KIND: has commits checked from here on, by the `plain` hook or by `pre-commit`.
guard() {
  if [ "$1" = plain ]; then
    depotc hook install 2>"$work/err" || complain "the hook cannot be installed"
    return
  fi
  cat >.pre-commit-config.yaml <<CONFIG
repos:
  - repo: $work/hooks
    rev: $(git -C "$work/hooks" rev-parse HEAD)
    hooks:
      - id: depotc-check
      - id: depotc-fmt
CONFIG
  git add .pre-commit-config.yaml
  git commit -qm "Hooks"
  pre-commit install >/dev/null 2>&1 || complain "pre-commit cannot be installed"
}
