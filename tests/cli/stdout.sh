# shellcheck shell=sh
# --stdout, closed and full streams.

fresh "prints the template"
program main.depot
run build main.depot --stdout
exits 0; prints '"Resources"'; says_nothing; gone out

fresh "several templates"
program a.depot first; program b.depot second
run build --stdout
exits 2; says "D0027"; says "first.template.json"; says "second.template.json"; prints_nothing

fresh "a project"
program main.depot
run build main.depot --stdout --target cdk
exits 2; says "D0027"; prints_nothing
run build main.depot --stdout --target cdk --target cfn
exits 2; says "D0027"; prints_nothing

fresh "errors print nothing"
echo 'environment demo { nonsense: 1 }' >main.depot
run build main.depot --stdout
exits 1; prints_nothing; says "error[D"

fresh "a full disk"
program main.depot
"$depotc" build main.depot --stdout >/dev/full 2>"$work/err"
code=$?
exits 3; says "error[D0041]: standard output cannot be written"

fresh "a closed standard output"
program main.depot
"$depotc" build main.depot --stdout >&- 2>"$work/err"
code=$?
exits 3; says "D0041"

fresh "files do not take the place of closed streams"
program main.depot
"$depotc" build main.depot <&- >&- 2>&-
code=$?
exits 0; holds out/demo.template.json '"Resources"'

fresh "a reader that goes away"
program main.depot
{ "$depotc" build main.depot --stdout 2>"$work/err"; echo $? >status; } | true
says_nothing

fresh "colours"
echo 'environment demo { nonsense: 1 }' >main.depot
escape=$(printf '\033')
run check main.depot
says_not "$escape"
run check main.depot --color always
says "$escape"
CLICOLOR_FORCE=1 run check main.depot
says "$escape"
NO_COLOR=1 CLICOLOR_FORCE=1 run check main.depot
says_not "$escape"
NO_COLOR=1 run check main.depot --color always
says "$escape"
CLICOLOR_FORCE=1 run check main.depot --color=never
says_not "$escape"
run check main.depot --color always --diagnostics text:report.txt
same "" "$(grep -F "$escape" report.txt)"
