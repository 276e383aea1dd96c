#!/bin/sh
# `depotc build --commit`: the output folder as a configuration repository, with git itself.
# shellcheck disable=SC2154,SC2016,SC2123,SC2034 # the words of tests/cli/run; texts as they are

# with FILE OUTPUT…: a program whose environment has these outputs, `NAME=VALUE`.
with() {
  with_file=$1
  shift
  {
    printf 'environment demo {\n  account: { name: "sandbox", id: aws.accountId }\n'
    for with_output in "$@"; do
      printf '  output %s = %s\n' "${with_output%%=*}" "${with_output#*=}"
    done
    printf '  resource topic: "AWS::SNS::Topic" { DisplayName: "%s" }\n}\n' "${topic:-a}"
  } >"$with_file"
}

# committed: the files of the last commit, in one line.
committed() {
  git show --no-renames --name-status --format= HEAD | tr '\t\n' '  ' | sed 's/ $//'
}

# base: a repository with a program that is committed, and its output.
base() {
  repository "$1"
  with main.depot one=1
  git add main.depot
  git commit -qm "Program"
  run build main.depot --commit
}

base "the first output"
exits 0; prints_nothing
says "to main: 2 files, "
same "A out/.depotc-manifest.json A out/demo.template.json" "$(committed)"
same "Output of demo" "$(git log -1 --format=%s)"
git log -1 --format=%B >message
holds message "demo (out/demo.template.json, new)"
holds message "  + AWS::SNS::Topic Topic"
same "?? message" "$(git status --porcelain)"

base "nothing changed"
head=$(git rev-parse HEAD)
run build main.depot --commit
exits 0; says "nothing to commit: the output is that of the last commit"
same "$head" "$(git rev-parse HEAD)"
touch out/demo.template.json
run build main.depot --commit
exits 0; says "nothing to commit"
run build main.depot --commit --diagnostics json
exits 0; says_not "nothing to commit"

base "what changed, with a message"
topic=b with main.depot two=2
run build main.depot --commit -m "Rename the topic

It was called a."
exits 0; says "committed $(git rev-parse --short HEAD) to main: 2 files, 1 resource"
cat >expected <<'MESSAGE'
Rename the topic

It was called a.

demo (out/demo.template.json)
  ~ AWS::SNS::Topic Topic
  - Outputs One
  + Outputs Two

MESSAGE
git log -1 --format=%B | diff expected - >differs
same "" "$(cat differs)"
same "M out/.depotc-manifest.json M out/demo.template.json" "$(committed)"
same " M main.depot" "$(git status --porcelain --untracked-files=no)"

base "a message that looks like comments, and settings that would cut it"
git config commit.cleanup strip
topic=b with main.depot
run build main.depot --commit -m "#12 is done"
exits 0; same "#12 is done" "$(git log -1 --format=%s)"

base "files that are no longer produced, and new ones"
program second.depot second
program main.depot other
run build --commit
exits 0
same "M out/.depotc-manifest.json D out/demo.template.json A out/other.template.json A out/second.template.json" "$(committed)"
same "Output of demo, other, second" "$(git log -1 --format=%s)"
git log -1 --format=%B >message
holds message "demo (out/demo.template.json, removed)"
holds message "  - AWS::SNS::Topic Topic"

base "what was built before, and not committed"
topic=b with main.depot one=1
run build main.depot
same " M main.depot  M out/.depotc-manifest.json  M out/demo.template.json" "$(git status --porcelain | tr '\n' ' ' | sed 's/ $//')"
run build main.depot --commit
exits 0; says "2 files, 1 resource"
program main.depot other
run build main.depot
run build main.depot --commit
exits 0
same "M out/.depotc-manifest.json D out/demo.template.json A out/other.template.json" "$(committed)"

base "what else is staged or changed stays as it is"
echo staged >staged
echo both >both
git add staged both
echo unstaged >>both
echo mine >out/notes.txt
echo new >untracked
git mv main.depot moved.depot
topic=b with moved.depot one=1
before=$(git diff --cached; git status --porcelain)
run build moved.depot --commit
exits 0
same "M out/.depotc-manifest.json M out/demo.template.json" "$(committed)"
same "$before" "$(git diff --cached; git status --porcelain)"

base "an index with older output in it"
topic=b with main.depot one=1
run build main.depot
git add out
topic=c with main.depot one=1
run build main.depot --commit
exits 0
same " M main.depot" "$(git status --porcelain)"
git show HEAD:out/demo.template.json >kept
same_bytes kept out/demo.template.json
git rm -q --cached out/demo.template.json
topic=d with main.depot one=1
run build main.depot --commit
exits 0
git show HEAD:out/demo.template.json >kept
same_bytes kept out/demo.template.json

repository "a repository without a commit"
with main.depot one=1
git add main.depot
run build main.depot --commit
exits 0
same "A out/.depotc-manifest.json A out/demo.template.json" "$(committed)"
same "A  main.depot" "$(git status --porcelain)"

base "a CDK project"
run build main.depot --target cdk -o cdk --commit
exits 0
same "?? expected" "$(touch expected; git status --porcelain)"
git log -1 --format=%B >message
holds message "Files"; holds message "  + cdk/lib/demo-stack.ts"
prints_nothing
run build main.depot --target cdk --target cfn -o both --commit
exits 0; same 1 "$(git log --oneline -- both | wc -l)"
git log -1 --format=%B >message
holds message "Output of demo"; holds message "Other files"; holds message "  + both/cdk/package.json"

base "files of a CDK project that the user has made their own"
run build main.depot --target cdk -o cdk --commit
echo '# Ours' >cdk/README.md
program main.depot other
run build main.depot --target cdk -o cdk --commit
exits 0; says 'note[D5020]: file `cdk/README.md` is yours'
same "" "$(committed | tr ' ' '\n' | grep README)"
same " M cdk/README.md" "$(git status --porcelain cdk)"
rm cdk/README.md
run build main.depot --target cdk -o cdk --commit
exits 0; same "M cdk/README.md" "$(committed)"

for hook in pre-commit commit-msg; do
  base "a build that is killed while the hook $hook runs"
  program other.depot other
  printf '#!/bin/sh\ncut -d" " -f5 /proc/$$/stat >%s/group\nsleep 60\n' "$work/here" >.git/hooks/$hook
  chmod +x .git/hooks/$hook
  setsid "$depotc" build main.depot other.depot --commit >"$work/out" 2>"$work/err" </dev/null &
  for _ in $(seq 400); do
    [ -s group ] && break
    sleep 0.05
  done
  kill -s KILL -- "-$(cat group)"
  wait
  rm .git/hooks/$hook group
  head=$(git rev-parse HEAD)
  run build main.depot other.depot --commit
  if [ "$code" -ne 0 ]; then
    exits 3; says "error[D5016]"; says "when none runs, delete \`$(pwd -P)/.git/index.lock\`"
    same "$head" "$(git rev-parse HEAD)"
    rm .git/index.lock
    printf '#!/bin/sh\nexit 1\n' >.git/hooks/$hook
    chmod +x .git/hooks/$hook
    run build main.depot other.depot --commit
    exits 3; says "error[D5016]"; says_not "when none runs"
    same "?? other.depot" "$(git status --porcelain other.depot)"
    same "" "$(git ls-files out/other.template.json)"
    rm .git/hooks/$hook
    run build main.depot other.depot --commit
  fi
  exits 0
  same "M out/.depotc-manifest.json A out/other.template.json" "$(committed)"
done

base "two folders, one commit"
printf 'targets: { cfn: "one", cdk: "two" }\n' >depot.project
run build --commit
exits 0
same 1 "$(git log --oneline -- one two | wc -l)"
same 2 "$(committed | tr ' ' '\n' | grep -c manifest)"

base "hundreds of templates"
for i in $(seq 300); do program "p$i.depot" "env$i"; done
run build --commit
exits 0; same "Output of 300 templates" "$(git log -1 --format=%s)"
git log -1 --format=%B >message
holds message " more"
if [ "$(wc -l <message)" -lt 220 ]; then pass; else complain "the message has $(wc -l <message) lines"; fi
same "" "$(git status --porcelain out)"

base "an edited file stops it"
echo '// mine' >>out/demo.template.json
topic=b with main.depot one=1
head=$(git rev-parse HEAD)
run build main.depot --commit
exits 3; says "error[D5002]"; same "$head" "$(git rev-parse HEAD)"
run build main.depot --commit --force
exits 0; same "M out/.depotc-manifest.json M out/demo.template.json" "$(committed)"

base "an edited file that is no longer produced is not committed"
echo '// mine' >>out/demo.template.json
program main.depot other
run build main.depot --commit
exits 0; says "warning[D5005]"
same "M out/.depotc-manifest.json A out/other.template.json" "$(committed)"

base "a program with errors commits nothing"
bad main.depot
head=$(git rev-parse HEAD)
run build main.depot --commit
exits 1; same "$head" "$(git rev-parse HEAD)"

# Repositories that are elsewhere, or of another kind

repository "the configuration repository beside the source"
mkdir config
git -C config init -q
with main.depot one=1
run build main.depot -o config --commit
exits 0
same "A .depotc-manifest.json A demo.template.json" "$(cd config && committed)"
same "" "$(git -C config status --porcelain)"
cd config || exit 3
run build ../main.depot -o . --commit
exits 0; says "nothing to commit"
cd ..
GIT_DIR=$PWD/.git GIT_WORK_TREE=$PWD GIT_INDEX_FILE=$PWD/.git/index
export GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
topic=b with main.depot one=1
run build main.depot -o config --commit
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
exits 0; same 2 "$(git -C config rev-list --count HEAD)"

base "folders in two repositories"
git init -q two
printf 'targets: { cfn: "one", cdk: "two" }\n' >depot.project
run build --commit
exits 3; says 'error[D5015]: the output folders `one` and `two` are in two repositories'; gone one

fresh "no repository"
program main.depot
run build main.depot --commit
exits 3; says 'error[D5010]: the output folder `out` is in no git repository'; says "git says: "; gone out
run build main.depot --commit --diagnostics json
says '"code":"D5010"'

fresh "no git"
program main.depot
mkdir path
PATH_BEFORE=$PATH
PATH=$PWD/path
"$depotc" build main.depot --commit 2>err
code=$?
PATH=$PATH_BEFORE
exits 3; holds err "D0110"; gone out

base "inside of the folder .git"
run build main.depot -o .git/out --commit
exits 3; says "error[D5010]"

base "the output folder is a link"
mkdir real
rm -r out
ln -s real out
topic=b with main.depot one=1
run build main.depot --commit
exits 0
same "A real/.depotc-manifest.json A real/demo.template.json" "$(committed)"

base "a worktree"
git worktree add -q ../here/tree -b side
cd tree || exit 3
topic=b with main.depot one=1
run build main.depot --commit
exits 0; says "to side: 2 files"
same "M out/.depotc-manifest.json M out/demo.template.json" "$(committed)"
cd ..

base "a submodule"
git init -q "$work/module"
git -C "$work/module" commit -q --allow-empty -m "Nothing"
git submodule --quiet add "$work/module" config
git commit -qm "A submodule"
git -C config checkout -q -B main
run build main.depot -o config --commit
exits 0; says "it is a submodule"
same "A .depotc-manifest.json A demo.template.json" "$(cd config && committed)"
rm -rf "$work/module"

# States that a commit cannot be made in: nothing is written then

base "HEAD on no branch"
git checkout -q --detach
topic=b with main.depot one=1
cp out/demo.template.json before
run build main.depot --commit
exits 3; says 'error[D5011]: the output in `out` cannot be committed: git is on no branch'
same_bytes before out/demo.template.json

base "in the middle of a merge"
git checkout -qb side
echo side >file; git add file; git commit -qm "Side"
git checkout -q main
echo main >file; git add file; git commit -qm "Main"
git merge -q side >/dev/null 2>&1
run build main.depot --commit
exits 3; says 'error[D5012]: the output in `out` cannot be committed: git is in the middle of a merge'
git merge --abort
git rebase -q side >/dev/null 2>&1
run build main.depot --commit
exits 3; says "a rebase"
git rebase --abort
git cherry-pick side >/dev/null 2>&1
run build main.depot --commit
exits 3; says "a cherry-pick"
git cherry-pick --abort
run build main.depot --commit
exits 0

base "nobody knows who commits"
topic=b with main.depot one=1
mv "$HOME/.gitconfig" "$HOME/kept"
git config user.useConfigOnly true
run build main.depot --commit
mv "$HOME/kept" "$HOME/.gitconfig"
exits 3; says "error[D5013]"; says "git config user.name"
same "" "$(git status --porcelain out)"

base "output that git ignores"
echo '*.json' >.gitignore
run build main.depot -o other --commit
exits 3; says 'error[D5014]: the output in `other` cannot be committed: git ignores `other/demo.template.json`'; gone other
topic=b with main.depot one=1
run build main.depot --commit # what is tracked is not ignored
exits 0; says "2 files"

base "a hook that refuses"
printf '#!/bin/sh\necho "templates need a ticket" >&2\nexit 1\n' >.git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
topic=b with main.depot one=1
program new.depot new
echo staged >staged
git add staged
before=$(git ls-files -s)
run build --commit
exits 3; says 'error[D5016]: git did not commit the output in `out`'; says "templates need a ticket"
same "$before" "$(git ls-files -s)"
there out/new.template.json
run build --commit --diagnostics json
exits 3; says "templates need a ticket"
rm .git/hooks/pre-commit
run build --commit
exits 0; says "3 files"
same "A  staged" "$(git status --porcelain staged)"

base "hooks that look and change the message"
printf '#!/bin/sh\ngit diff --cached --name-only >hook-saw\n' >.git/hooks/pre-commit
printf '#!/bin/sh\nsed -i "1s/^/[T-1] /" "$1"\n' >.git/hooks/commit-msg
chmod +x .git/hooks/pre-commit .git/hooks/commit-msg
topic=b with main.depot one=1
echo staged >staged
git add staged
run build main.depot --commit
exits 0
same "out/.depotc-manifest.json out/demo.template.json" "$(tr '\n' ' ' <hook-saw | sed 's/ $//')"
same "[T-1] Output of demo" "$(git log -1 --format=%s)"

base "an index that somebody else has locked"
topic=b with main.depot one=1
: >.git/index.lock
run build main.depot --commit
exits 3; says "error[D5016]"; says "index.lock"
rm .git/index.lock

repository "names that git would take for patterns"
with main.depot one=1
run build main.depot -o ':(glob)*[a]' --commit
exits 0
same 2 "$(git show --name-only -z --format= HEAD | tr '\0' '\n' | grep -c '^:(glob)\*\[a\]/')"
run build main.depot -o 'ü b' --commit
exits 0; same "" "$(git status --porcelain 'ü b')"

base "--check in a clone"
git clone -q . ../here/clone
cd clone || exit 3
run build main.depot --check
exits 0
topic=b with main.depot one=1
run build main.depot --check
exits 1; says "D5007"
cd ..

repository "options that mean nothing together"
program main.depot
run build main.depot -m text
exits 2; says 'error[D0033]: option `--message` means nothing without `--commit`'
run build main.depot --commit -m ' '
exits 2; says "error[D0024]"
run build main.depot --commit --check
exits 2; says 'options `--check` and `--commit`'
run build main.depot --commit --stdout
exits 2; says 'options `--commit` and `--stdout`'
