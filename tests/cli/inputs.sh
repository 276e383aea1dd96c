# shellcheck shell=sh
# Files that cannot be what they should be.

fresh "a missing file"
run build nowhere.depot
exits 3; says "error[D0001]: file \`nowhere.depot\` does not exist"; gone out

fresh "a missing import"
echo 'import { a } from "./nowhere.depot"' >main.depot
run check main.depot
exits 3; says "D0001"; says "main.depot:1:"

fresh "a folder that is imported"
mkdir other.depot
echo 'import { a } from "./other.depot"' >main.depot
run check main.depot
exits 3; says "D0003"

fresh "a pipe"
mkfifo main.depot
run check main.depot
exits 3; says "error[D0003]: \`main.depot\` is not a file"

fresh "a device"
run check /dev/null
exits 3; says "D0003"

fresh "a file that fails while it is read"
run check /proc/self/mem
exits 3; says "error[D"

fresh "a folder that ends in .depot"
mkdir some.depot
program some.depot/main.depot
run check some.depot
exits 0

fresh "binary data"
printf 'let a = 1\0\nlet b = 2\n' >main.depot
run check main.depot
exits 1; says "D0006"

fresh "no UTF-8"
printf 'let a = "\377"\n' >main.depot
run check main.depot
exits 1; says "D0005"

fresh "an empty file"
: >main.depot
run check main.depot
exits 0; says_nothing
printf '\357\273\277' >main.depot
run build main.depot
exits 0; says "warning[D5006]"; gone out

fresh "a large file"
awk 'BEGIN { for (i = 0; i < 200000; i++) print "let value" i " = " i }' >main.depot
run check main.depot
exits 0

fresh "deep nesting"
awk 'BEGIN { printf "let a = "; for (i = 0; i < 100000; i++) printf "["; print "" }' >main.depot
run check main.depot
exits 1; says "error[D"

fresh "the same file twice"
program main.depot
run build main.depot ./main.depot
exits 0; there out/demo.template.json

fresh "terminal escapes are not passed on"
printf 'let a: string = 1 // \033[31m\n' >main.depot
run check main.depot
exits 1; same "" "$(grep -F "$(printf '\033')" "$work/err")"
