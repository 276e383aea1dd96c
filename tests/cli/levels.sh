# shellcheck shell=sh disable=SC2154
# Levels, groups and suppressions: which goes before which, what becomes of the exit code.

# warned: a program with a constant that nothing uses, and a branch that is never built.
warned() {
  cat >main.depot <<'PROGRAM'
let unused = 3
environment orders {
  account: { name: "orders", id: aws.accountId }
  if false {
    location hot: DynamoDB {}
  }
}
PROGRAM
}

fresh "a group on the command line"
warned
run check main.depot
exits 0; says "warning: 2 warnings"
run check -A unused main.depot
exits 0; says_nothing
run check -D unused main.depot
exits 1; says "which \`--deny unused\` makes an error"; says "error: 2 warnings, which \`--deny unused\` makes errors"
run build -D unused main.depot
exits 1; gone out
run check -A unusd main.depot
exits 2; says "error[D0043]: no diagnostic and no rule has the id \`unusd\`"; says "a similar id exists: \`unused\`"

fresh "an id goes before its group, and this before all warnings"
warned
run check -A unused -D D1130 main.depot
exits 1; says "error: 1 warning, which \`-D D1130\` makes an error"; says_not "D1131"
run check -D unused -A D1130 main.depot
exits 1; says_not "D1130"; says "error[D1131]"
run check -W unused --deny warnings main.depot
exits 0; says "warning: 2 warnings"
run check -A warnings -D D1131 main.depot
exits 1; says_not "D1130"; says "error[D1131]"
run check -A warnings main.depot
exits 0; says_nothing
run check --deny warnings main.depot
exits 1; says "error: 2 warnings, which \`--deny warnings\` makes errors"
run check --deny warnings -D D1130 main.depot
exits 1; says "error: 2 warnings, which levels make errors"
run check --deny warnings -W D1131 main.depot
exits 1; says "error: 1 warning, which \`--deny warnings\` makes an error, and 1 other warning"

fresh "of the same, the command line goes before the project"
warned
echo 'levels: { unused: "deny", D1131: "allow" }' >depot.project
run check
exits 1; says "error[D1130]"; says_not "[D1131]"
run check -A unused
exits 0; says_nothing
run check -W unused
exits 0; says "warning[D1130]"; says_not "[D1131]"
run check -D D1131 -A unused
exits 1; says_not "D1130"; says "error[D1131]"
echo 'levels: { D1130: "warn" }' >depot.project
run check --deny warnings
exits 1; says "warning[D1130]"; says "error[D1131]"

fresh "errors that are errors beside those that are warnings"
warned
echo 'let broken: int = "x"' >>main.depot
run check --deny warnings main.depot
exits 1; says "error[D2001]"; says "error: 2 errors, 1 of them a warning, which \`--deny warnings\` makes an error"

fresh "what is suppressed changes no exit code"
warned
{ printf '// depotc-allow D1130: later\n'; sed 's/if false {/& \/\/ depotc-allow unused: later/' main.depot; } >kept.depot
run check --deny warnings kept.depot
exits 0; says_nothing
run build -D D1130 -D D1131 kept.depot
exits 0; says_nothing; there out/orders.template.json
run check kept.depot --diagnostics json
exits 0; says '"summary":{"errors":0,"warnings":0,"fixable":0,"suppressed":2}'
run check -A D1130 -A D1131 kept.depot
exits 0; says_nothing

fresh "a suppressed policy does not keep a program from being built"
program main.depot
cat >policy.depot <<'POLICY'
rule "ACME-1" "`${store.name}` cannot be restored" for location.DynamoDB as store {
  require store.pointInTimeRecovery == true at store.pointInTimeRecovery
}
POLICY
cat >main.depot <<'PROGRAM'
environment orders {
  account: { name: "orders", id: aws.accountId }
  // depotc-allow ACME-1: a cache
  location hot: DynamoDB {}
}
PROGRAM
run build main.depot --policy policy.depot
exits 0; says_nothing; there out/orders.template.json
run check main.depot
exits 0; says_nothing
sed -i 's/ACME-1: a cache/ACME-2: a cache/' main.depot
run check main.depot --policy policy.depot
exits 1; says "error[ACME-1]"

fresh "useless suppressions are taken out"
warned
{ printf '// depotc-allow-file D1213: old\r\n'; sed 's/unused = 3/& \/\/ depotc-allow D1131, D1130: later/; s/if false.*/if false {\n      \/\/ depotc-allow D1131: not here/' main.depot; } >kept.depot
run check -D D1180 kept.depot
exits 1; says "error[D1180]: nothing is suppressed by \`D1131\`"
run check --fix kept.depot
exits 0; says "fixed 3 problems in 1 file"; says_not "D1180"
same "let unused = 3 // depotc-allow D1130: later" "$(head -n 1 kept.depot)"
same 0 "$(grep -c 'D1213\|not here' kept.depot)"

fresh "values that parameters decide"
cat >main.depot <<'PROGRAM'
param stage: "dev" | "prod" = "dev"
rule "ACME-1" "`${store.name}` cannot be restored" for location.DynamoDB as store when stage == "prod" {
  require store.pointInTimeRecovery == true at store.pointInTimeRecovery
}
environment orders {
  account: { name: "orders", id: aws.accountId }
  // depotc-allow ACME-1: a cache
  location hot: DynamoDB {}
}
PROGRAM
run check main.depot
exits 0; says_nothing
run check -p stage=prod main.depot
exits 0; says_nothing

fresh "what is known by inference"
cat >main.depot <<'PROGRAM'
environment orders {
  account: { name: "orders", id: aws.accountId }
  location hot: DynamoDB { capacityMode: PROVISIONED }
}
PROGRAM
run check main.depot
exits 0; says_nothing
run check --deny warnings main.depot
exits 0; says_nothing
run check -W inferred main.depot
exits 0; says "warning[D1185]"; says "note: "
run check -D D1185 main.depot
exits 1; says "error[D1185]"
run check -W inferred -A D1185 main.depot
exits 0; says_nothing
cat >clause.depot <<'PROGRAM'
construct location.Shelf {
  cdk { class: "Shelf", from: "paper" }
  @inferred("the template was looked at")
  cfn "Custom::Shelf" { Name: name }
}
environment orders {
  account: { name: "orders", id: aws.accountId }
  location shelf: Shelf {}
}
PROGRAM
run check -W inferred --target cfn clause.depot
exits 0; says "warning[D1185]: how \`cfn\` writes location.Shelf is known by inference, not documented"
run check -W inferred --target cdk clause.depot
exits 0; says_nothing

fresh "former ids"
warned
run check -W D2047 main.depot
exits 2; says "error[D0044]: \`D0043\` is an error and cannot be made a warning"; says "warning[D0090]: the id \`D2047\` is called \`D0043\` now"
run check -D D2047 -A unused main.depot
exits 0; says "warning[D0090]"
echo 'test "ids" { expect !error("D2047") }' >>main.depot
run test main.depot
exits 0
run check --fix main.depot
same 1 "$(grep -c 'error("D0043")' main.depot)"
run explain D2047
exits 0; prints "D0043: unknown id"; prints "Former id: D2047"

fresh "tests have levels"
warned
echo 'test "is clean" { expect errors == 0 }' >>main.depot
run test main.depot
exits 0
run test --deny warnings main.depot
exits 1
run test --deny warnings -A unused main.depot
exits 0
sed -i 's/^let unused = 3/& \/\/ depotc-allow D1130: later/; s/if false {/& \/\/ depotc-allow D1131: later/' main.depot
run test --deny warnings main.depot
exits 0

fresh "groups are explained"
run explain unused
exits 0; prints "unused: what can be taken out without a change"; prints "D1130  "; prints "D1180  "; prints_not "D1213"; says_nothing
run explain warnings
exits 0; prints "D1213  "; prints_not "D1185"
run explain inferred
exits 0; prints "(off by itself)"
run explain D1130
exits 0; prints "Group: unused"
run explain
exits 0; prints "group    what has a successor"
run explain unusd
exits 2; says "\`unused\`"
