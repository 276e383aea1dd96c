#!/bin/sh
# `depotc hook`.
# shellcheck disable=SC2154,SC2016,SC2123,SC2034 # the words of tests/cli/run; texts as they are

repository "install and uninstall"
run hook install
exits 0
says 'installed `.git/hooks/pre-commit`'
there .git/hooks/pre-commit
if [ -x .git/hooks/pre-commit ]; then pass; else complain "the hook cannot be run"; fi
run hook print
exits 0
same_bytes "$work/out" .git/hooks/pre-commit
run hook install
exits 0
echo "# mine" >>.git/hooks/pre-commit
run hook install
exits 3
says "D0112"
run hook uninstall
exits 3
holds .git/hooks/pre-commit "# mine"
run hook install --force
exits 0
run hook uninstall
exits 0
gone .git/hooks/pre-commit
run hook uninstall
exits 0
says "there is no hook"

repository "hooks of others"
echo '#!/bin/sh' >.git/hooks/pre-commit
run hook install
exits 3
says "depotc check --staged || exit 1"
rm .git/hooks/pre-commit
ln -s "$work/elsewhere" .git/hooks/pre-commit
run hook install
exits 3
gone "$work/elsewhere"
rm .git/hooks/pre-commit
pre-commit install >/dev/null 2>&1
run hook install
exits 3
says ".pre-commit-config.yaml"

repository "core.hooksPath"
git config core.hooksPath tools/hooks
run hook install
exits 0
there tools/hooks/pre-commit
mkdir -p below
cd below || exit 3
run hook uninstall
exits 0
says 'removed `../tools/hooks/pre-commit`'
cd ..
git config core.hooksPath "$work/shared"
run hook install
exits 3
says "D0113"
gone "$work/shared"

repository "worktrees"
git commit -q --allow-empty -m "Base"
git worktree add -q tree 2>/dev/null
cd tree || exit 3
run hook install
exits 0
there ../.git/hooks/pre-commit
bad main.depot
git add .
commit
exits 1
says "main.depot:3"

repository "usage"
run hook
exits 2
run hook remove
exits 2
run hook install twice
exits 2
fresh "no repository"
run hook install
exits 3
says "D0111"
run hook print
exits 0

repository "depotc is not there"
run hook install
good main.depot
git add .
before=$PATH
mkdir -p "$work/few"
for tool in git sh timeout; do ln -sf "$(command -v $tool)" "$work/few/$tool"; done
PATH=$work/few
commit
PATH=$before
exits 1
says "depotc is not in PATH"
