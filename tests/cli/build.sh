# shellcheck shell=sh
# build and check: where files go, what is printed, and the exit codes.

fresh "one file"
program main.depot
run build main.depot
exits 0; prints_nothing; says_nothing; there out/demo.template.json; there out/.depotc-manifest.json

fresh "a folder, and none"
mkdir shop; program shop/main.depot shop
run build shop -o here
exits 0; there here/shop.template.json
cd shop || exit 3
run build
exits 0; there out/shop.template.json

fresh "two targets"
program main.depot
run build main.depot --target cfn --target cdk
exits 0; there out/cfn/demo.template.json; there out/cdk/package.json
run build main.depot --target cdk
exits 0; there out/package.json; gone out/cfn; gone out/cdk
run build main.depot --target cfn --target cfn
exits 0; there out/demo.template.json; gone out/package.json; gone out/bin

fresh "check writes nothing"
program main.depot
run check main.depot
exits 0; prints_nothing; says_nothing; gone out

fresh "errors"
echo 'environment demo { nonsense: 1 }' >main.depot
run build main.depot
exits 1; says "error[D"; says "main.depot:1:"; prints_nothing; gone out
run check main.depot
exits 1; says "error[D"
run check main.depot --target cdk
exits 1

fresh "an error that only the output shows"
cp "$root/tests/goldens/diagnostics/template-size/main.depot" .
run build main.depot
exits 1; says "error[D4008]"; gone out
run build main.depot --stdout
exits 1; prints_nothing
run check main.depot
exits 1; says "error[D4008]"

fresh "an error leaves the previous output whole"
program main.depot
run build main.depot
cp out/demo.template.json before
echo 'environment demo { nonsense: 1 }' >main.depot
run build main.depot
exits 1
same "$(cat before)" "$(cat out/demo.template.json)"

fresh "the number of errors that are shown"
for number in 1 2 3 4 5; do echo "let value$number: string = $number"; done >main.depot
run check main.depot --diagnostics short
exits 1
same 5 "$(grep -c 'error\[' "$work/err")"
run check main.depot --diagnostics short --max-errors 2
exits 1
same 2 "$(grep -c 'error\[' "$work/err")"
run check main.depot --max-errors 2
says "3 more errors"

fresh "statistics"
program main.depot
run build main.depot --stats
exits 0; says " ms "; prints_nothing

fresh "several reports at once"
echo 'environment demo { nonsense: 1 }' >main.depot
run check main.depot --diagnostics short --diagnostics json:report.json --diagnostics text:report.txt
exits 1; says "main.depot:1:"; holds report.json '"formatVersion":"1.0"'; holds report.txt "error: "

fresh "a report that cannot be written"
program main.depot
run check main.depot --diagnostics json:nowhere/report.json
exits 3; says "nowhere/report.json"

fresh "JSON without errors"
program main.depot
run check main.depot --diagnostics json
exits 0; says '"diagnostics":[]'

fresh "the same bytes from another folder and in another locale"
program main.depot
run build main.depot -o one
mkdir -p deep/down; cp main.depot deep/down
LC_ALL=C.UTF-8 run build deep/down/main.depot -o two
TZ=Asia/Tokyo LANG=de_DE.UTF-8 run build "$PWD/main.depot" -o three
same "$(cat one/demo.template.json)" "$(cat two/demo.template.json)"
same "$(cat one/demo.template.json)" "$(cat three/demo.template.json)"
same "$(cat one/.depotc-manifest.json)" "$(cat three/.depotc-manifest.json)"

fresh "a file whose name begins with a dash"
program ./-main.depot
run build -- -main.depot
exits 0; there out/demo.template.json
