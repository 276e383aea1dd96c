# shellcheck shell=sh
# Reports: where they go, that each is whole, and that nothing can break one.

formats="text short json jsonl sarif junit checkstyle github gitlab"

# Options for all forms at once, each into a file of its name.
all_reports=
for format in $formats; do
  all_reports="$all_reports --diagnostics $format:reports/$format"
done

# faulty FILE: a program with a mistake that has a fix.
faulty() {
  printf 'environment orders {\n  account: { name: "retail", id: aws.accountId }\n  location hot: DynamoDB { name: "hot", capacityMod: ONDEMAND }\n}\n' >"$1"
}

# valid_xml FILE SCHEMA: it is well formed and has the form that programs expect.
valid_xml() {
  if xmllint --noout --relaxng "$root/tests/cli/$2.rng" "$1" >/dev/null 2>"$work/err"; then pass; else complain "expected valid XML: $1"; fi
}

# whole_reports ID: all reports were written, tell of ID ("": of nothing) and are well formed. Validity of what is JSON
# is for tests/reports, which has a validator.
whole_reports() {
  for format in $formats; do
    there "reports/$format"
    if [ -n "$1" ]; then holds "reports/$format" "$1"; fi
  done
  valid_xml reports/junit junit
  valid_xml reports/checkstyle checkstyle
  same 1 "$(wc -l <reports/json | tr -d ' ')"
  same "" "$(find reports -name '.depotc-*')"
}

fresh "all forms at once"
faulty main.depot
mkdir reports
# shellcheck disable=SC2086 # a list of options
run check main.depot $all_reports
exits 1; says_nothing; prints_nothing; whole_reports D1203
for format in $formats; do
  run check main.depot --diagnostics "$format"
  exits 1; prints_nothing
  same_bytes "reports/$format" "$work/err"
done

fresh "nothing to report"
program main.depot
mkdir reports
# shellcheck disable=SC2086
run build main.depot $all_reports
exits 0; says_nothing; whole_reports ""
holds reports/json '"diagnostics":[]'; holds reports/jsonl '"summary":{"errors":0'; holds reports/sarif '"results":[]'
holds reports/sarif '"exitCode":0'; holds reports/junit 'failures="0"'; holds reports/checkstyle '<checkstyle'
same "[]" "$(cat reports/gitlab)"
same "" "$(cat reports/text reports/short reports/github)"

fresh "verbs that find nothing wrong"
mkdir reports
for arguments in --version help "help build" "explain D1001" "completion bash" "stdlib location.DynamoDB"; do
  rm -f reports/*
  # shellcheck disable=SC2086
  run $arguments $all_reports
  exits 0; says_nothing; whole_reports ""; same "[]" "$(cat reports/gitlab)"
done

fresh "failures without a program"
mkdir reports
# failure ID CODE ARGUMENT…
failure() {
  id=$1
  expected=$2
  shift 2
  rm -f reports/*
  # shellcheck disable=SC2086
  run "$@" $all_reports
  exits "$expected"; says_nothing; whole_reports "$id"; holds reports/sarif "\"exitCode\":$expected"
}
failure D0020 2 biuld
failure D0022 2 build --targte cfn
failure D0024 2 build --target yaml
failure D0024 2 check --diagnostics xml
failure D0001 3 check missing.depot
failure D0029 2 check
mkdir folder.depot
failure D0029 2 check folder.depot
failure D0030 2 explain D9999
failure D0031 2 stdlib location.Nowhere
printf 'project {\n' >depot.project
failure D1004 1 check
rm depot.project
printf '[]' >parameters.json
program main.depot
failure D0032 1 build main.depot --params parameters.json
failure D0027 2 build main.depot --stdout --target cdk
run build main.depot --stdout --diagnostics json >/dev/null
exits 0; says '"diagnostics":[]'; prints '"Resources"'

fresh "a full disk behind standard output"
program main.depot
"$depotc" build main.depot --stdout --diagnostics sarif:report.sarif --diagnostics json >/dev/full 2>"$work/err"
code=$?
exits 3; says '"code":"D0041"'; holds report.sarif '"exitCode":3'; holds report.sarif D0041
same 1 "$(wc -l <"$work/err" | tr -d ' ')"

fresh "a report that cannot be written"
faulty main.depot
run check main.depot --diagnostics json:nowhere/report.json --diagnostics sarif:report.sarif --diagnostics jsonl
exits 3; says '"code":"D0080"'; says '"code":"D1203"'; holds report.sarif D0080; holds report.sarif '"exitCode":3'; holds report.sarif D1203
mkdir folder
run check main.depot --diagnostics json:folder --diagnostics junit:report.xml
exits 3; says "error[D0080]: report \`folder\` cannot be written"; says D1203; valid_xml report.xml junit; holds report.xml D0080
run help --diagnostics json:nowhere/report.json
exits 3; prints Usage; says D0080
echo old >locked; chmod 444 locked
as_somebody check main.depot --diagnostics json:locked
exits 3; says D0080; same old "$(cat locked)"
mkdir closed; echo old >closed/report; chmod 555 closed
as_somebody check main.depot --diagnostics json:closed/report
exits 3; says D0080; same old "$(cat closed/report)"
"$depotc" check main.depot --diagnostics json:/dev/full --diagnostics gitlab:report.json 2>"$work/err"
code=$?
exits 3; says D0080; holds report.json D0080; holds report.json D1203

fresh "a report is replaced as a whole"
faulty main.depot
echo old >real; chmod 640 real; ln -s real link
run check main.depot --diagnostics json:link
exits 1; holds real D1203
if [ -L link ]; then pass; else complain "expected a symbolic link"; fi
same 640 "$(stat -c %a real)"
same "" "$(find . -name '.depotc-*')"

fresh "pipes and devices"
faulty main.depot
run check main.depot --diagnostics json:/dev/stdout
exits 1; says_nothing; prints '"code":"D1203"'
run check main.depot --diagnostics json:/dev/null
exits 1; says_nothing
if [ -c /dev/null ]; then pass; else complain "expected /dev/null to be a device"; fi
mkfifo pipe
cat pipe >from &
run check main.depot --diagnostics json:pipe
exits 1; wait; holds from D1203

fresh "two reports to one place"
faulty main.depot
run check main.depot --diagnostics json --diagnostics sarif
exits 2; says '"code":"D0081"'; says "reports \`json\` and \`sarif\`"
run check main.depot --diagnostics text --diagnostics gitlab
exits 2; says "error[D0081]"
run check main.depot --diagnostics text:report --diagnostics short:./report
exits 2; holds report "error[D0081]"
run check main.depot --diagnostics text --diagnostics github --diagnostics short --diagnostics json:report.json
exits 1; says "::error file=main.depot"; says "main.depot:3:41: error[D1203]"; says "error: 1 error; 1 can be fixed"
run check main.depot --diagnostics json --diagnostics json --diagnostics json:same --diagnostics json:same
exits 1; same 1 "$(wc -l <"$work/err" | tr -d ' ')"

fresh "a document has standard error for itself"
for format in json jsonl sarif junit checkstyle gitlab; do
  faulty main.depot
  run check main.depot --fix --stats --diagnostics "$format"
  exits 0; says_not "fixed 1"; says_not " ms "
done
for format in text short github; do
  faulty main.depot
  run check main.depot --fix --stats --diagnostics "$format"
  exits 0; says "fixed 1 problem in 1 file"; says " ms "
done

fresh "counts in all forms"
{ echo 'environment orders {'; for number in 1 2 3; do echo "  nonsense$number: 1"; done; echo '}'; } >main.depot
mkdir reports
# shellcheck disable=SC2086
run check main.depot --max-errors 2 $all_reports
exits 1; whole_reports ""
errors=$(sed 's/.*"errors":\([0-9]*\).*/\1/' reports/json)
hidden=$((errors - 2))
holds reports/json "\"errors\":$errors,"; holds reports/json "\"hidden\":$hidden"; holds reports/jsonl "\"hidden\":$hidden"
for format in text short sarif junit checkstyle github; do
  holds "reports/$format" "… and $hidden more error"
done
same 3 "$(wc -l <reports/jsonl | tr -d ' ')"
same 3 "$(wc -l <reports/github | tr -d ' ')"
holds reports/junit "<testsuites name=\"depotc\" tests=\"3\" failures=\"3\""
same 3 "$(grep -c '<testcase ' reports/junit)"

fresh "hostile names of files"
mkdir reports
newline='
'
for name in 'a b' 'a%b' 'a:b,c' "a'b\"c" 'a<b>&c' "a${newline}::error::injected" "$(printf 'a\033[31mb')" "$(printf 'a\001\177b')" "$(printf 'a\377b')" 'ä漢😀' 'a]]>b' 'a\b' '../here/c'; do
  faulty "$name.depot"
  rm -f reports/*
  # shellcheck disable=SC2086
  run check "$name.depot" $all_reports
  exits 1; says_nothing; whole_reports D1203
  same 1 "$(wc -l <reports/github | tr -d ' ')"
  same 1 "$(wc -l <reports/short | tr -d ' ')"
  same 1 "$(wc -l <reports/gitlab | tr -d ' ')"
  for format in $formats; do
    if iconv -f UTF-8 -t UTF-8 "reports/$format" >/dev/null 2>&1; then pass; else complain "expected UTF-8: $format of $name"; fi
    # No control character but line ends, and none that would end a string or begin a command.
    same "" "$(LC_ALL=C tr -d '\n\t -\377' <"reports/$format" | od -c | sed -n '1s/^0* *//p' | grep -v '^$')"
  done
done
faulty 'a%b,c:d.depot'
run check 'a%b,c:d.depot' --diagnostics github
says "::error file=a%25b%2Cc%3Ad.depot,line=3,endLine=3,col=41"
run check 'a%b,c:d.depot' --diagnostics sarif
says '"uri":"a%25b,c%3Ad.depot"'
run check "$PWD/a%b,c:d.depot" --diagnostics sarif
says "\"uri\":\"file://$PWD/a%25b,c%3Ad.depot\"}"

fresh "hostile text in messages"
mkdir reports
for text in '%0A::error::x' '&lt;<!--]]>' "$(printf 'a\tb')" '漢😀'; do
  printf 'environment orders {\n  account: { name: "retail", id: aws.accountId }\n  "%%s%s": 1\n}\n' "$text" >main.depot
  rm -f reports/*
  # shellcheck disable=SC2086
  run check main.depot $all_reports
  exits 1; says_nothing; whole_reports ""
done
printf 'environment orders {\n  # \001\033[31m\n  x: "\377\001"\n}\n' >main.depot
# shellcheck disable=SC2086
run check main.depot $all_reports
exits 1; says_nothing; whole_reports ""

fresh "links"
faulty main.depot
DEPOTC_PAGES=https://example.org/pages run check main.depot --diagnostics json
says '"href":"https://example.org/pages/D1203.md"'
DEPOTC_PAGES=https://example.org/pages/ run check main.depot --diagnostics sarif
says '"helpUri":"https://example.org/pages/D1203.md"'
for bad in nonsense "https://example.org/$(printf '\033')" 'https://example.org/a b'; do
  DEPOTC_PAGES=$bad run check main.depot --diagnostics json
  says_not codeDescription
done
run check main.depot --color always
link=$(grep -o 'file:///[^[:cntrl:]]*[.]md' "$work/err" | sed 's/^file:..//')
there "$link"; holds "$link" "# D1203"
mkdir -p moved/bin moved/share/doc/depotc/diagnostics
cp "$depotc" moved/bin/depotc; cp "$root/docs/diagnostics/D1203.md" moved/share/doc/depotc/diagnostics
timeout 120 moved/bin/depotc check main.depot --diagnostics json >"$work/out" 2>"$work/err"
says "file://$PWD/moved/share/doc/depotc/diagnostics/D1203.md"

fresh "fingerprints"
# fingerprints FILE: of a GitLab report, in its order.
fingerprints() { tr ',' '\n' <"$1" | sed -n 's/.*"fingerprint":"\(.*\)".*/\1/p'; }
printf 'environment orders {\n  nonsense: 1\n  nonsense: 1\n  other: 2\n}\n' >main.depot
run check main.depot --diagnostics gitlab:before
printf '// a comment\n\nenvironment orders {\n\n    nonsense: 1\n  nonsense: 1\n  // another\n  other: 2\n}\n' >main.depot
run check main.depot --diagnostics gitlab:after
same "$(fingerprints before)" "$(fingerprints after)"
same "" "$(fingerprints before | sort | uniq -d)"
printf 'environment orders {\n  nonsense: 1\n  nonsense: 1\n  other: 3\n}\n' >main.depot
run check main.depot --diagnostics gitlab:changed
if [ "$(fingerprints before)" != "$(fingerprints changed)" ]; then pass; else complain "expected another fingerprint for another line"; fi

fresh "tests that fail"
printf 'test "fails, %%0A::error::" { expect 1 == 2 }\ntest "passes" { expect 1 == 1 }\n' >main.depot
mkdir reports
# shellcheck disable=SC2086
run test main.depot $all_reports
exits 1; says_nothing; prints "1 passed, 1 failed"; whole_reports D2050; holds reports/sarif '"exitCode":1'
holds reports/github "::error file=main.depot,line=1,endLine=1,col=37,endColumn=43,title=D2050::test \`fails, %250A::error::\`: \`1 == 2\` does not hold"
# People have read of it on standard output.
run test main.depot
exits 1; says_nothing
run test main.depot --diagnostics github
says "::error file=main.depot"
run test main.depot --diagnostics json --format junit
exits 1; says '"code":"D2050"'; prints "<testsuites"
