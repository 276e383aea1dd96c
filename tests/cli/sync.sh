# shellcheck shell=sh
# `depotc stdlib sync`: its command line, its file, and what can go wrong around it. What it reads and writes is tested in
# tests/sync; here a script stands in the place of Node.

# with_node TEXT: `node` prints TEXT from now on.
with_node() {
  mkdir -p bin
  printf '%s' "$1" >answer
  printf '#!/bin/sh\ncat "%s/answer"\n' "$PWD" >bin/node
  chmod +x bin/node
}

# run_there ARGUMENT…: runs depotc with the `node` of this folder.
run_there() {
  old_path=$PATH
  PATH=$PWD/bin:$PATH
  run "$@"
  PATH=$old_path
}

answer='{"name":"made","text":"// made\n","report":{"text":"no differences\n","markdown":"# made\n","json":{"formatVersion":"1.0"}}}'

fresh "sync without a folder"
run stdlib sync
exits 2
says 'error[D0026]: `depotc stdlib sync` needs an argument: the folder of an installed npm package'

fresh "sync with two folders"
run stdlib sync a b
exits 2
says 'error[D0025]: unexpected argument `b` of `depotc stdlib sync`'

fresh "sync without Node"
mkdir bin
ln -s "$(command -v timeout)" bin/timeout
old_path=$PATH
PATH=$PWD/bin
run stdlib sync package
PATH=$old_path
exits 3
says 'error[D0060]: `node` cannot be run'
says 'install Node.js 18 or later'
prints_nothing

fresh "sync when Node ends badly"
mkdir bin
printf '#!/bin/sh\necho "SyntaxError: Unexpected token" >&2\nexit 1\n' >bin/node
chmod +x bin/node
run_there stdlib sync package
exits 3
says 'error[D0064]: the declarations could not be compared: SyntaxError: Unexpected token'
prints_nothing

fresh "sync when Node says nonsense"
with_node 'hello'
run_there stdlib sync package
exits 3
says 'error[D0064]'
with_node '{"name":"made"}'
run_there stdlib sync package
exits 3
says 'error[D0064]'
gone made.sync.depot

fresh "sync tells what is wrong with the package"
with_node '{"failure":{"kind":"package","subject":"package","message":"there is no `package.json`"}}'
run_there stdlib sync package
exits 3
says 'error[D0061]: `package` is not an installed npm package: there is no `package.json`'
with_node '{"failure":{"kind":"types","subject":"package","message":"nothing"}}'
run_there stdlib sync package
exits 3
says 'error[D0062]: package `package` has no declarations to read: nothing'
with_node '{"failure":{"kind":"typescript","subject":"package","message":"none is installed for it"}}'
run_there stdlib sync package
exits 3
says 'error[D0063]: no TypeScript to read package `package` with: none is installed for it'
says '`--typescript'
with_node '{"failure":{"kind":"foreign","subject":"package","message":"it exports no such class"}}'
run_there stdlib sync package
exits 1
says 'error[D0066]: package `package` has no construct: it exports no such class'
with_node '{"failure":{"kind":"syntax","subject":"package","message":"index.d.ts:1: no"}}'
run_there stdlib sync package
exits 1
says 'error[D0067]: declarations of package `package` cannot be read: index.d.ts:1: no'

fresh "sync writes a file and prints a report"
with_node "$answer"
run_there stdlib sync package
exits 0
prints 'no differences'
says_nothing
holds made.sync.depot '// made'
holds made.sync.depot '// depotc-sync '
run_there stdlib sync package -o other.depot --format json
exits 0
prints '"formatVersion": "1.0"'
same_bytes made.sync.depot other.depot
run_there stdlib sync package --format markdown
exits 0
prints '# made'

fresh "sync overwrites its own file only"
with_node "$answer"
run_there stdlib sync package
run_there stdlib sync package
exits 0
echo "// edited" >>made.sync.depot
run_there stdlib sync package
exits 3
says 'error[D0065]: file `made.sync.depot` was edited, or not written by `depotc stdlib sync`'
holds made.sync.depot '// edited'
prints_nothing
run_there stdlib sync package --force
exits 0
mkdir folder
run_there stdlib sync package -o folder
exits 3
says 'error[D0003]'
run_there stdlib sync package -o missing/out.depot
exits 3
says 'error[D0040]: file `missing/out.depot` cannot be written'

fresh "sync leaves nothing behind"
with_node "$answer"
mkdir tmp
TMPDIR=$PWD/tmp
export TMPDIR
run_there stdlib sync package
unset TMPDIR
exits 0
same "$(ls -A tmp)" ""

fresh "sync needs a place for its program"
with_node "$answer"
TMPDIR=$PWD/missing
export TMPDIR
run_there stdlib sync package
unset TMPDIR
exits 3
says 'error[D0040]'

fresh "sync into what is no file"
with_node "$answer"
mkdir -p package folder
printf '{"name":"made","version":"1.0.0"}' >package/package.json
mkfifo pipe
run_there stdlib sync package --force -o pipe
exits 3; says "D0003"
[ -p pipe ] && pass || complain "the pipe is still there"
run_there stdlib sync package --force -o folder
exits 3; says "D0003"
