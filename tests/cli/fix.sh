# shellcheck shell=sh
# `depotc check --fix`: what it changes, what it leaves alone, and the diff of `--dry-run`.

# mistakes FILE [NAME]: a program with two mistakes that can be fixed and one that cannot.
mistakes() {
  cat >"$1" <<PROGRAM
// Bytes around mistakes stay:   	two blanks, a tab. äöü
environment ${2:-demo} {
  account: { nam: "sandbox", id: aws.accountId };
  wholly: "unknown"
}
PROGRAM
}

# mended FILE [NAME]: the same without them.
mended() {
  mistakes "$1" "${2:-demo}"
  sed -i 's/nam:/name:/; s/;//' "$1"
}

# fixes_like_patch ARGUMENT…: what --dry-run prints makes the same of the files here as --fix does,
# and after it nothing is left to fix.
fixes_like_patch() {
  rm -rf ../patched ../applied
  cp -a . ../patched
  cp -a . ../applied
  run check --fix --dry-run "$@"
  if diff -r . ../patched >/dev/null; then pass; else complain "expected --dry-run to write nothing"; fi
  planned=$code
  if patch -p1 --binary --fuzz=0 --silent -d ../patched <"$work/out"; then pass; else complain "patch refuses it"; fi
  if (cd ../applied && git apply -) <"$work/out"; then pass; else complain "git apply refuses it"; fi
  run check --fix "$@"
  exits "$planned"; prints_nothing
  if diff -r . ../patched && diff -r . ../applied; then pass; else complain "expected the same of --fix and its diff"; fi
  run check "$@"
  exits "$planned"; says_not "can be fixed"
  rm -rf ../patched ../applied
}

fresh "fixes in one file"
mistakes main.depot
mended expected
run check main.depot
exits 1; says "2 can be fixed with \`depotc check --fix\`"
run check --fix main.depot
exits 1; prints_nothing; says "fixed 2 problems in 1 file"; says "unknown property \`wholly\`"; says "error: 1 error"
says_not "can be fixed"
same_bytes main.depot expected
same "expected main.depot" "$(ls -A | tr '\n' ' ' | sed 's/ $//')"
run check --fix main.depot
exits 1; says_not "fixed"; same_bytes main.depot expected

fresh "one problem"
program main.depot
cp main.depot expected
sed -i 's/name:/nam:/' main.depot
run check --fix main.depot
exits 0; same "fixed 1 problem in 1 file" "$(cat "$work/err")"; same_bytes main.depot expected

fresh "nothing to fix"
program main.depot
touch -d '2001-01-01' main.depot
run check --fix main.depot
exits 0; says_nothing; prints_nothing
same 2001 "$(date -r main.depot +%Y)"
run check --fix --dry-run main.depot
exits 0; says_nothing; prints_nothing

fresh "similar names in several files, an imported one too"
mkdir lib
printf 'let shared = "x"\nlet other = shard\n' >lib/common.depot
cat >a.depot <<'PROGRAM'
import { shared, other } from "./lib/common.depot"
environment first {
  account: { name: shraed + other, id: aws.accountId }
}
PROGRAM
sed 's/first/second/' a.depot >b.depot
fixes_like_patch
exits 0; holds lib/common.depot "let other = shared"; holds a.depot "name: shared"; holds b.depot "name: shared"

fresh "a fix that brings the next mistake to light"
cat >main.depot <<'PROGRAM'
environment demo {
  account: { name: prefix + "x", id: aws.accountId }
  location hot: DynamoDB { capacityMod = "ONDEMAND" }
}
prefx = "sandbox"
PROGRAM
fixes_like_patch main.depot
exits 0; holds main.depot 'let prefx = "sandbox"'; holds main.depot "name: prefx"; holds main.depot "capacityMode: ONDEMAND"

fresh "CR LF, a byte order mark, no final newline"
for variant in crlf bom end; do
  mistakes main.depot
  mended expected
  for name in main.depot expected; do
    case $variant in
    crlf) sed 's/$/\r/' "$name" >other ;;
    bom) { printf '\357\273\277'; cat "$name"; } >other ;;
    end) printf '%s;' "$(cat "$name")" >other; [ "$name" = main.depot ] || printf '%s' "$(cat "$name")" >other ;;
    esac
    mv other "$name"
  done
  fixes_like_patch main.depot
  exits 1; same_bytes main.depot expected
done

fresh "hunks: the beginning, the middle, near each other, the end without a newline"
{
  echo 'export let first = 1'
  seq 2 40 | sed 's|.*|// line &|'
  echo 'export type Word = string'
  echo 'let second = first;'
  echo '// between'
  echo 'let third = second;'
  seq 44 60 | sed 's|.*|// line &|'
  printf 'fourth = third'
} >main.depot
fixes_like_patch main.depot
run check --fix --dry-run main.depot
exits 0; prints_nothing

fresh "fixes that overlap, and one that many ask for"
cat >main.depot <<'PROGRAM'
let stage = "x"
environment demo {
  account: { name: "a" + stge + stge, id: aws.accountId };;
  for key in ["a", "b"] {
    location hot[key]: DynamoDB { capacityMod: "ONDEMAND" }
  }
}
PROGRAM
fixes_like_patch main.depot
holds main.depot '"a" + stage + stage, id: aws.accountId }'; holds main.depot "capacityMode: ONDEMAND"

fresh "files with names that are unusual"
mkdir "a folder"
mistakes "a folder/my file.depot" first
mistakes "a folder/sub\"quoted\\.depot" second
mistakes "a folder/ümlaut.depot" third
fixes_like_patch "a folder"
exits 1

fresh "a path from elsewhere"
mkdir -p here/below
mistakes main.depot
cp main.depot original
cd here/below || exit 3
run check --fix --dry-run ../../main.depot
exits 1; prints "+++ b$work/here/main.depot"
patch -p1 -d / --silent <"$work/out"
cd "$work/here" || exit 3
mended expected
same_bytes main.depot expected
cp original main.depot
run check --fix --dry-run "$PWD/main.depot"
exits 1; prints "+++ b/main.depot"

fresh "nothing is in the folder"
run check --fix
exits 2; says "D0029"

fresh "an import that is missing"
mistakes main.depot
echo 'import { a } from "./missing.depot"' >>main.depot
run check --fix main.depot
exits 3; says "fixed 2 problems in 1 file"; says "error[D0001]"; holds main.depot "name:"

fresh "reports in other formats"
mistakes main.depot
run check --fix --diagnostics json main.depot
exits 1; says_not "fixed 2"; says '"summary":{"errors":1,"warnings":0,"fixable":0}'
mistakes main.depot
run check --fix --diagnostics short --diagnostics json:report main.depot
exits 1; says "fixed 2 problems in 1 file"; says "main.depot:4:3: error[D1203]"; holds report '"fixable":0'

fresh "permissions stay"
mistakes main.depot
mended expected
chmod 640 main.depot
run check --fix main.depot
exits 1; same 640 "$(stat -c %a main.depot)"; same_bytes main.depot expected

fresh "symbolic links stay"
mkdir real
mistakes real/main.depot
mended expected
ln -s real/main.depot one.depot
ln -s one.depot two.depot
run check --fix --dry-run two.depot
exits 1; prints "+++ b/real/main.depot"
run check --fix one.depot two.depot
exits 1; says "in 1 file"; same_bytes real/main.depot expected
same "real/main.depot one.depot" "$(readlink one.depot two.depot | tr '\n' ' ' | sed 's/ $//')"

fresh "a file that is read-only"
mistakes main.depot
mistakes other.depot other
cp main.depot original
chmod 777 .
chmod 444 main.depot
chmod 666 other.depot
as_somebody check --fix
exits 3; says "error[D0040]: file \`main.depot\` cannot be written"; says "file \`other.depot\` cannot be written: another file"
says "can be fixed"; says_not "fixed 2"
same_bytes main.depot original; holds other.depot "nam:"
same "main.depot original other.depot" "$(ls -A | tr '\n' ' ' | sed 's/ $//')"
as_somebody check --fix --dry-run
exits 1; prints "+++ b/main.depot"

fresh "a folder that is read-only"
mistakes main.depot
cp main.depot original
chmod 666 main.depot
chmod 555 .
as_somebody check --fix main.depot
exits 3; says "error[D0040]: file \`main.depot\` cannot be written"; same_bytes main.depot original
chmod 755 .

fresh "a file that changes while it is checked"
mistakes main.depot
{ echo "let large = ["; yes 1, | head -n 1000000; echo "]"; } >large.depot
size=$(stat -c %s large.depot)
"$depotc" check --fix main.depot large.depot >"$work/out" 2>"$work/err" </dev/null &
checking=$!
until [ "$(sed -n 's/^rchar: //p' "/proc/$checking/io" 2>/dev/null || echo "$size")" -ge "$size" ]; do :; done
kill -STOP "$checking"
echo "// mine" >>main.depot
kill -CONT "$checking"
wait "$checking"
code=$?
exits 3; says "error[D0040]: file \`main.depot\` cannot be written: it changed while it was being checked"
holds main.depot "// mine"; holds main.depot "nam:"

fresh "standard output that cannot be written"
mistakes main.depot
"$depotc" check --fix --dry-run main.depot >/dev/full 2>"$work/err"
code=$?
exits 3; says "D0041"

fresh "a project file and schemas are mended, too"
mkdir schemas
printf 'type: objekt\nproperties:\n  id: string\n' >schemas/Order.yaml
cat >depot.project <<'PROJECT'
targets: { cnf: "out" } // the only one
stages: { dev: { nam: "a" } }
PROJECT
cat >main.depot <<'PROGRAM'
param name: string
environment orders {
  account: { name: "retail", id: aws.accountId }
  location hot: DynamoDB { name: name }
  package core { version: "1.0.0", schemas: ["./schema"] }
}
PROGRAM
run check --fix --stage dev
says "fixed"
holds depot.project 'targets: { cfn: "out" } // the only one'; holds depot.project 'dev: { name: "a" }'
holds main.depot '["./schemas"]'; holds schemas/Order.yaml "type: object"
run check --stage dev
says_not "can be fixed"

fresh "killed while it writes"
number=0
while [ "$number" -lt 40 ]; do
  mistakes "file$number.depot" "demo$number"
  mended "new$number.expected" "demo$number"
  cp "file$number.depot" "old$number.expected"
  number=$((number + 1))
done
for pause in 0.002 0.004 0.006 0.008 0.01 0.012 0.015 0.02 0.03; do
  number=0
  while [ "$number" -lt 40 ]; do
    cp "old$number.expected" "file$number.depot"
    number=$((number + 1))
  done
  timeout -s KILL "$pause" "$depotc" check --fix . >/dev/null 2>&1 || :
  whole=yes
  number=0
  while [ "$number" -lt 40 ]; do
    cmp -s "file$number.depot" "old$number.expected" || cmp -s "file$number.depot" "new$number.expected" || whole=
    number=$((number + 1))
  done
  if [ -n "$whole" ]; then pass; else complain "expected each file as it was, or mended, after $pause s"; fi
done
