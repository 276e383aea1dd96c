#!/bin/sh
# The same sources give the same bytes, wherever, whenever and by whomever they are built.
# shellcheck disable=SC2154,SC2016,SC2034 # the words of tests/cli/run; texts as they are

# Locales that people have, made here: their sorting, letters and decimal commas are all different.
export LOCPATH="$work/locales"
mkdir -p "$LOCPATH"
for locale in de_DE tr_TR ja_JP; do
  localedef -i "$locale" -f UTF-8 "$LOCPATH/$locale.UTF-8" >"$work/out" 2>&1
  there "$LOCPATH/$locale.UTF-8"
done

# source_of NAME: the text of the file NAME of the project, on standard output.
source_of() {
  case $1 in
    depot.project) printf 'name: "shop"\nparams: { stage: "dev" }\npolicies: ["./rules.depot"]\nlibrary: ["./library.depot"]\nentries: ["main.depot", "more"]\ntags: { team: "I", "ı": "i" }\n' ;;
    rules.depot) printf 'rule "R-1" "a name is missing" for location as one {\n  require has(one.name)\n}\n' ;;
    library.depot) printf 'type size = "I" | "i"\n' ;;
    lib/*) printf 'let %s = 1.5\n' "$(basename "$1" .depot)" ;;
    more/*) program /dev/stdout "$(basename "$1" .depot)" ;;
    schemas/*) printf 'type: object\nproperties:\n  code: string\n  total: number\n' ;;
    note.txt) printf 'note\n' ;;
    main.depot)
      cat <<'PROGRAM'
import { ind } from "./lib/ind.depot"
import { IND } from "./lib/IND.depot"
param stage: string
environment shop {
  account: { name: "retail-${stage}", id: aws.accountId }
  location hot: DynamoDB { name: "i${upper("title")}-${string(ind + 0.25)}" }
  location cold: DynamoDB { name: "I${lower("TITLE")}" }
  package model { version: "1.0.0", schemas: ["./schemas"] }
  dataset all { location: hot, package: model }
  output note = file("./note.txt")
  output sum = ind * IND / 3
  output keys = join(sort(["z", "ä", "a", "B", "ı", "I"]), ",")
  resource topic: "AWS::SNS::Topic" { DisplayName: "${stage}" }
}
PROGRAM
      ;;
  esac
}
names="depot.project rules.depot library.depot lib/ind.depot lib/IND.depot more/one.depot more/Two.depot more/three.depot more/Zehn.depot schemas/Order.yaml schemas/line.yaml schemas/Zone.yaml note.txt main.depot"

# make_project FOLDER ORDER: its files, made in this order (`cat` or `tac`).
make_project() {
  mkdir -p "$1/lib" "$1/more" "$1/schemas"
  for name in $(echo "$names" | tr " " "\n" | "$2"); do
    source_of "$name" >"$1/$name"
  done
}

# elsewhere ARGUMENT…: runs depotc with nothing of the environment as it was. `$1`: locale, `$2`: time zone, `$3`: umask.
elsewhere() {
  locale=$1
  zone=$2
  mask=$3
  shift 3
  (umask "$mask" && exec env -i PATH=/nowhere LOCPATH="$LOCPATH" LC_ALL="$locale" LANG="$locale" TZ="$zone" USER="user$mask" LOGNAME="user$mask" \
    HOME="$PWD/user$mask" HOSTNAME="host$mask" SOURCE_DATE_EPOCH="1$mask" TMPDIR="$PWD" MALLOC_PERTURB_="$mask" "$depotc" "$@") >"$work/out" 2>"$work/err" </dev/null
  code=$?
}

fresh "two folders, orders of files, locales, time zones, users and umasks"
make_project one cat
make_project "deeper/in a/földer with a longer name" tac
cd one || exit 3
elsewhere C UTC 022 build --target cfn --target cdk
cp "$work/out" "$work/err" ..
exits 0; says_nothing
cd ..
mv out stdout
mv err stderr
for where in de_DE.UTF-8:Asia/Tokyo:077 tr_TR.UTF-8:America/St_Johns:027 ja_JP.UTF-8:Pacific/Kiritimati:000 POSIX:XYZ-25:022 nonsense:nonsense:002; do
  locale=${where%%:*}
  rest=${where#*:}
  cd "deeper/in a/földer with a longer name" || exit 3
  rm -rf out
  elsewhere "$locale" "${rest%:*}" "${rest#*:}" build --target cfn --target cdk
  exits 0; says_nothing
  same "" "$(diff -r out ../../../one/out)"
  cd ../../.. || exit 3
done

fresh "the same from another working folder, with absolute paths"
make_project one cat
cd one || exit 3
run build --target cfn --target cdk -o ../first
exits 0
cd ..
mkdir elsewhere
cd elsewhere || exit 3
run build "$work/here/one" --target cfn --target cdk -o ../second
exits 0; same "" "$(diff -r ../first ../second)"
run build ../one --target cdk --target cfn -o ../third
exits 0; same "" "$(diff -r ../first ../third)"

fresh "the same by somebody else"
make_project one cat
cd one || exit 3
run build --target cfn --target cdk -o first
exits 0
chmod -R a+rX . && chmod a+rwx . "$work" "$work/here"
as_somebody build --target cfn --target cdk -o second
exits 0; same "" "$(diff -r first second)"

fresh "messages, and where they are told of"
for side in one two; do
  make_project "$side" "$(test $side = one && echo cat || echo tac)"
  sed -i 's/name: "/nane: "/; s/DynamoDB/DynamoDC/' "$side/main.depot"
  echo 'let x = nothing' >>"$side/lib/ind.depot"
  echo 'environment' >>"$side/more/Two.depot"
done
cd one || exit 3
elsewhere C UTC 022 check --diagnostics text:text --diagnostics json:json --diagnostics sarif:sarif --diagnostics junit:junit
exits 1
cd ../two || exit 3
elsewhere tr_TR.UTF-8 Asia/Tokyo 077 check --diagnostics text:text --diagnostics json:json --diagnostics sarif:sarif --diagnostics junit:junit
exits 1
for form in text json sarif; do
  same_bytes $form ../one/$form
done
holds text 'nane'; holds text DynamoDC

fresh "other verbs"
for side in one two; do
  make_project "$side" "$(test $side = one && echo cat || echo tac)"
  printf 'let  x=1\n' >"$side/lib/unformatted.depot"
done
for command in "0 check --fix" "0 fmt" "2 diff main.depot more/one.depot" "0 stdlib I" "0 explain D1001"; do
  expected=${command%% *}
  command=${command#* }
  cd one || exit 3
  # shellcheck disable=SC2086 # words
  elsewhere C UTC 022 $command
  first=$(cat "$work/out" "$work/err")
  exits "$expected"
  cd ../two || exit 3
  # shellcheck disable=SC2086
  elsewhere tr_TR.UTF-8 Asia/Tokyo 077 $command
  same "$expected $first" "$code $(cat "$work/out" "$work/err")"
  cd ..
  same "" "$(diff -r one two)"
done
unset LOCPATH
