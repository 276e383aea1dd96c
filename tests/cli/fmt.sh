# shellcheck shell=sh
# `depotc fmt`: in place, as a list, as a diff, from standard input; what it leaves alone.

# untidy FILE: a program that is not formatted.
untidy() {
  printf "environment demo {\n    account: {name: 'sandbox', id: aws.accountId},\n\n\n  location hot:DynamoDB{}\n}\n" >"$1"
}

# tidy FILE: the same, formatted.
tidy() {
  printf 'environment demo {\n  account: { name: "sandbox", id: aws.accountId }\n\n  location hot: DynamoDB {}\n}\n' >"$1"
}

# pipe FILE ARGUMENT…: runs depotc with FILE as its standard input.
pipe() {
  input=$1
  shift
  timeout 120 "$depotc" "$@" >"$work/out" 2>"$work/err" <"$input"
  code=$?
}

fresh "one file"
untidy main.depot
tidy expected
run fmt main.depot
exits 0; prints_nothing; same "formatted 1 file" "$(cat "$work/err")"; same_bytes main.depot expected
touch -d '2020-01-01 00:00:00 UTC' main.depot
run fmt main.depot
exits 0; prints_nothing; says_nothing; same_bytes main.depot expected
same 1577836800 "$(stat -c %Y main.depot)"
run check main.depot
exits 0

fresh "--check lists what would change"
untidy b.depot
untidy a.depot
tidy c.depot
cp a.depot before
run fmt --check a.depot b.depot c.depot
exits 1; says_nothing; same "a.depot b.depot" "$(tr '\n' ' ' <"$work/out" | sed 's/ $//')"; same_bytes a.depot before
run fmt --check c.depot
exits 0; prints_nothing; says_nothing

fresh "--diff is for patch"
untidy main.depot
tidy expected
cp main.depot before
run fmt --diff main.depot
exits 0; says_nothing; prints "--- a/main.depot"; same_bytes main.depot before
patch -p1 --binary --fuzz=0 --silent <"$work/out"
same_bytes main.depot expected
run fmt --diff main.depot
exits 0; prints_nothing
cp before main.depot
run fmt --diff --check main.depot
exits 1; prints "+++ b/main.depot"; same_bytes main.depot before

fresh "folders, and what is passed over in them"
mkdir -p deep/er .hidden node_modules/x out
for f in main.depot deep/er/inner.depot .hidden/a.depot node_modules/x/a.depot out/a.depot deep/text.txt; do untidy "$f"; done
echo '{}' >out/.depotc-manifest.json
ln -s deep linked
printf 'name:   "retail"\n' >depot.project
run fmt --check .
exits 1; same "depot.project main.depot deep/er/inner.depot" "$(tr '\n' ' ' <"$work/out" | sed 's/ $//')"
run fmt --check
exits 1; same "depot.project main.depot deep/er/inner.depot" "$(tr '\n' ' ' <"$work/out" | sed 's/ $//')"
run fmt
exits 0; says "formatted 3 files"
run fmt --check
exits 0
cd deep || exit 3
run fmt --check
exits 0
fresh "a folder without programs"
run fmt
exits 1; says "D0029"
run fmt nowhere.depot
exits 3; says "D0001"

fresh "standard input"
untidy main.depot
tidy expected
pipe main.depot fmt -
exits 0; says_nothing; same_bytes "$work/out" expected
pipe main.depot fmt - --check
exits 1; prints "<stdin>"
pipe main.depot fmt - --check --stdin-filepath lib/some.depot
exits 1; prints "lib/some.depot"
pipe main.depot fmt - --diff --stdin-filepath lib/some.depot
exits 0; prints "+++ b/lib/some.depot"
pipe expected fmt - --check
exits 0; prints_nothing
pipe /dev/null fmt -
exits 0; prints_nothing; says_nothing
printf 'let a = (\n' >broken
pipe broken fmt - --stdin-filepath some.depot
exits 1; says "--> some.depot:1"; same_bytes "$work/out" broken
pipe main.depot fmt - main.depot
exits 2; says "unexpected argument \`main.depot\`"
run fmt --stdin-filepath x.depot
exits 2; says "D0033"

fresh "the width of a project"
mkdir inner
printf 'format: { indent: 4 }\n' >depot.project
untidy inner/main.depot
tidy expected
sed -i 's/^  /    /' expected
run fmt
exits 0; same_bytes inner/main.depot expected
untidy main.depot
pipe main.depot fmt - --stdin-filepath inner/main.depot
exits 0; same_bytes "$work/out" expected
for width in 0 9 2.5 '"2"' '2 * 2'; do
  printf 'format: { indent: %s }\n' "$width" >depot.project
  run fmt main.depot
  exits 1; says "error[D0100]: \`indent\` is not a number from 1 to 8"; says "depot.project:1"
done
untidy other
same_bytes main.depot other

fresh "syntax errors"
printf 'let a   =   1\nlet b = (2 +\nlet c   =   3\n' >main.depot
printf 'let a = 1\nlet b = (2 +\nlet c   =   3\n' >expected
run fmt main.depot
exits 1; says "main.depot:2"
head -n 2 main.depot >head
head -n 2 expected >wanted
same_bytes head wanted
run fmt --diagnostics json main.depot
exits 1; says '"formatVersion"'

fresh "permissions, links, line ends, byte order marks"
untidy real.depot
tidy expected
chmod 640 real.depot
ln -s real.depot main.depot
run fmt main.depot
exits 0; same_bytes real.depot expected; same 640 "$(stat -c %a real.depot)"
same real.depot "$(readlink main.depot)"
untidy main2.depot
sed -i 's/$/\r/' main2.depot
tidy expected
sed -i 's/$/\r/' expected
run fmt main2.depot
exits 0; same_bytes main2.depot expected
{ printf '\357\273\277'; untidy /dev/stdout; } >main3.depot
{ printf '\357\273\277'; tidy /dev/stdout; } >expected
run fmt main3.depot
exits 0; same_bytes main3.depot expected
untidy main4.depot
chmod 444 main4.depot
chmod 755 .
as_somebody fmt main4.depot
exits 3; says "D0040"
