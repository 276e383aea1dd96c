# shellcheck shell=sh
# Mistakes on the command line, help and version.

fresh "no verb"
run
exits 2; says "error[D0021]: no verb given"; says "depotc help"; prints_nothing

fresh "a mistyped verb"
run biuld
exits 2; says "error[D0020]: unknown verb \`biuld\`"; says "\`build\`"; prints_nothing

fresh "a verb of a later version"
for verb in import graph docs trace; do
  run "$verb" --check x
  exits 2; says "error[D0028]: \`depotc $verb\` is not part of this version"
done

fresh "a mistyped option"
run build --targte cfn
exits 2; says "error[D0022]: unknown option \`--targte\` of \`depotc build\`"; says "\`--target\`"

fresh "an option of another verb"
run check --force
exits 2; says "D0022"
run build --format json
exits 2; says "D0022"

fresh "options that there are not"
for option in --jobs -j; do
  run build "$option" x
  exits 2; says "D0022"
done
run build --fix
exits 2; says "D0022"

fresh "an option without the one it belongs to"
program main.depot
run check --dry-run main.depot
exits 2; says "error[D0033]: option \`--dry-run\` means nothing without \`--fix\`"; prints_nothing

fresh "an unknown letter among letters"
run build -xh
exits 2; says "D0022"

fresh "a missing value"
for option in -o --out -p --params --target --diagnostics --max-errors --color; do
  run build "$option"
  exits 2; says "error[D0023]: option \`$option\` needs a value"
done

fresh "a value that is none"
run build --target yaml
exits 2; says "error[D0024]: \`yaml\` is no value for option \`--target\`"; says "cfn, cdk"
run build --max-errors many
exits 2; says "D0024"
run build --max-errors -1
exits 2; says "D0024"
run build --diagnostics xml
exits 2; says "D0024"; says "text short json jsonl sarif junit checkstyle github gitlab"
run build --diagnostics json:
exits 2; says "D0024"
run build --color blue
exits 2; says "D0024"; says "auto, always, never"
run build -p stage
exits 2; says "D0024"; says "NAME=VALUE"
run build -p =x
exits 2; says "D0024"
run stdlib --format xml
exits 2; says "D0024"

fresh "too many arguments"
run explain D1001 D1002
exits 2; says "error[D0025]: unexpected argument \`D1002\` of \`depotc explain\`"
run help build check
exits 2; says "D0025"
run completion tcsh
exits 2; says "D0025"; says "bash, zsh, fish"

fresh "a missing argument"
run completion
exits 2; says "error[D0026]: \`depotc completion\` needs an argument"

fresh "no program here"
run build
exits 2; says "error[D0029]: no \`.depot\` file in the working folder"
mkdir empty
run check empty
exits 2; says "no \`.depot\` file in folder \`empty\`"; gone out

fresh "usage errors in the other formats"
run build --diagnostics json --targte cfn
exits 2; says '"code":"D0022"'; says '"formatVersion":"1.0"'
run --diagnostics=json
exits 2; says '"code":"D0020"'
run biuld --diagnostics short
exits 2; says "error[D0020]: unknown verb"

fresh "version"
run --version
exits 0; prints "depotc "; says_nothing

fresh "help"
run help
exits 0; prints "Usage:"; prints "  build "; prints "  check "; prints "Example"; says_nothing
cp "$work/out" overview
run --help
exits 0
same "$(cat overview)" "$(cat "$work/out")"
for verb in build check explain stdlib completion help; do
  run help "$verb"
  exits 0; prints "depotc $verb [OPTION"; prints "Example"; prints "--help"; says_nothing
  cp "$work/out" long
  run "$verb" --help
  exits 0
  same "$(cat long)" "$(cat "$work/out")"
  run "$verb" -h
  exits 0
done
run help --markdown
exits 0; prints "### depotc build"; prints "\`--diagnostics FORMAT"; prints "\`cfn\`"; says_nothing
run help --man
exits 0; prints ".TH DEPOTC 1"; prints "depotc\\-build"; prints "70 an internal error"; says_nothing
run help --man build
exits 0; prints ".TH DEPOTC\\-BUILD 1"; prints "\\fB\\-t\\fR, \\fB\\-\\-target\\fR \\fITARGET\\fR"; prints "cfn"; says_nothing
run help --man biuld
exits 2; says "D0020"
run help biuld
exits 2; says "D0020"

fresh "every option is in the help of its verb"
run help build
for option in --target --out --param --params --stdout --force --stats --max-errors --diagnostics --color; do
  prints "$option"
done

fresh "the language server takes no files, and ends with its client"
run lsp x.depot
exits 2; says "error[D0025]: unexpected argument \`x.depot\` of \`depotc lsp\`"; prints_nothing
run lsp --stdio </dev/null
exits 1; prints_nothing; says_nothing
