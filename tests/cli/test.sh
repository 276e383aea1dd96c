# shellcheck shell=sh
# test: what tests find out, its reports, and snapshots.

# shop: a program with a parameter, and tests of it in a file of their own.
shop() {
  cat >orders.depot <<'PROGRAM'
param stage: "dev" | "prod" = "dev"
deploy param role: arn.iam.role

environment orders {
  account: { name: "retail", id: aws.accountId }
  name: "orders-${stage}"
  location hot: DynamoDB { pointInTimeRecovery: stage == "prod", tablePrefix: "hot-" }
  location users: Cognito { userPoolId: "eu-west-1_a1b2c3d4e", clientId: "4example23456789", roleArn: role }
  for region in ["eu", "us"] {
    location shard[region]: DynamoDB {}
  }
  if stage == "prod" {
    location cold: DynamoDB {}
  }
  gateway api: API {}
  output url = api.url
}
PROGRAM
  cat >orders.test.depot <<'PROGRAM'
import { orders } from "./orders.depot"

let production = { stage: "prod" }

test "production has recovery" {
  params: { ...production }
  let tables = [for l in orders.locations if l is location.DynamoDB: l]
  expect length(tables) == 4
  expect orders.hot.pointInTimeRecovery && orders.shard["eu"].capacityMode != PROVISIONED
  expect has(orders.cold) && !has(orders.shard["eu"].tablePrefix)
  expect length(resources(orders, "Custom::Location")) == 5
  for id, made in resources(orders, "Custom::Location") {
    expect contains(["hot", "users", "shard-eu", "shard-us", "cold"], made.Properties.LocationName)
  }
  expect errors == 0 && !warning("D1130") && !note("D1130")
  expect [for r in values(resources(orders.shard["us"])): r.Properties.LocationName] == ["shard-us"]
  expect length(resources(orders.hot, "AWS::SNS::Topic")) == 0 && length(resources(orders.api)) > 0
  for id, made in resources(orders.api, "Custom::Gateway") {
    expect template(orders).Outputs.Url.Value == { "Fn::GetAtt": [id, "Url"] } && has(made.Properties)
  }
  expect template(orders).Outputs.Url.Value["Fn::GetAtt"][1] == "Url"
}

test "development has none" {
  expect !orders.hot.pointInTimeRecovery
  expect !has(orders.cold)
}
PROGRAM
}

fresh "tests that pass"
shop
run test
exits 0; says_nothing; prints "orders.test.depot"; prints "  ok      production has recovery"; prints "2 passed, 0 failed"
gone out; gone __snapshots__
cp "$work/out" first
run test orders.test.depot --format text
exits 0; same_bytes first "$work/out"
run test --stats
exits 0; prints " ms)"

fresh "a test that fails"
shop
cat >>orders.test.depot <<'PROGRAM'

test "what is wrong" {
  let tables = [for l in orders.locations if l is location.DynamoDB: l]
  expect length(tables) == 2
  expect [for l in tables: { name: l.name }] == [{ name: "hot" }, { name: "shard-eu" }, { name: "us" }]
  expect orders.hot.tablePrefix == "cold-" || orders.hot.pointInTimeRecovery
  expect orders.api.url == "x"
  expect orders.cold.name == "cold"
  for stage in ["dev", "test"] {
    expect orders.name == "orders-${stage}"
  }
  expect warning("D1130")
  if orders.name == "orders-dev" {
    expect length(template(orders).Resources.Nothing.Properties) == 0
  } else {
    expect false
  }
}
PROGRAM
run test
exits 1; says_nothing; prints "2 passed, 1 failed"; prints "  FAILED  what is wrong"
prints "error[D2050]: \`length(tables) == 2\` does not hold"; prints "orders.test.depot:31:10"
prints "= note: left: 3"; prints "= note: right: 2"
prints "they differ first at \`[2].name\`: \"shard-us\" on the left, \"us\" on the right"
prints "\`orders.hot.tablePrefix == \"cold-\"\` is false"; prints "\`orders.hot.pointInTimeRecovery\` is false"
prints "error[D2016]"; prints "\`template(environment)\` shows what is written for it"
prints "error[D2018]: \`name\` is looked for in an absent value"
prints "\`orders.name == \"orders-\${stage}\"\` does not hold where \`stage\` is \"test\""
prints "nothing was reported"

run test --format tap
exits 1; prints "TAP version 14"; prints "1..3"; prints "ok 1 - orders.test.depot: production has recovery"
prints "not ok 3 - orders.test.depot: what is wrong"; prints "      at:"; prints "        line: 31"; prints "  ..."

run test --format junit
exits 1; prints 'tests="3" failures="1" errors="0" time="0.000"'
prints 'message="orders.test.depot:31:10: `length(tables) == 2` does not hold"'
cp "$work/out" report.xml
xmllint --noout --relaxng "$root/tests/cli/junit.rng" report.xml >"$work/out" 2>"$work/err"
code=$?
exits 0

fresh "names with what formats mean by it"
program main.depot
printf 'test "a # b \\\\ <&\\"> \\u{1} ä" { expect demo.name == "]]>" }\n' >>main.depot
run test --format tap
exits 1; prints 'not ok 1 - main.depot: a \# b \\ <&">   ä'
run test --format junit
exits 1; prints '<testcase name="a # b \ &lt;&amp;&quot;&gt; � ä"'
cp "$work/out" report.xml
xmllint --noout --relaxng "$root/tests/cli/junit.rng" report.xml >"$work/out" 2>"$work/err"
code=$?
exits 0

fresh "choosing tests"
shop
run test --filter recovery
exits 0; prints "1 passed, 0 failed"
run test --filter 'dev*none'
exits 0; prints "development has none"; prints "1 passed, 0 failed"
run test --filter 'recover?'
exits 2; says "error[D0071]: no test is called like \`recover?\`"
run test orders.depot
exits 0; says "warning[D0070]: there are no tests"; prints "0 passed, 0 failed"
run test nothing.depot
exits 3; says "error[D0001]"; prints_nothing
run test --format html
exits 2; says "give one of: text, junit, tap"

fresh "tests below folders"
mkdir -p src/deep/er node_modules/x .hidden
program src/main.depot
printf 'test "a" { expect true }\n' >src/deep/er/a.test.depot
cp src/deep/er/a.test.depot node_modules/x/; cp src/deep/er/a.test.depot .hidden/
run test
exits 0; prints "src/deep/er/a.test.depot"; prints "1 passed, 0 failed"
ln -s .. src/deep/circle
run test src
exits 0; prints "1 passed, 0 failed"

fresh "a program with errors"
program main.depot
cat >>main.depot <<'PROGRAM'
param size: int = 1
let share = 10 / size
type small = "a" | "b"
param letter: small = "a"
environment other {
  account: { name: "other-${share}-${letter}", id: aws.accountId }
}
test "division by zero is told" {
  params: { size: 0 }
  expect error("D2013") && errors == 1 && error("D2013", "division")
  expect !error("D1203") && !error("D2013", "something else")
}
test "values are there all the same" {
  params: { size: 0 }
  expect errors == 1
  expect demo.account.name == "sandbox"
  expect length(resources(demo)) == 0
  expect other.account.name == "x"
}
test "errors that nobody asked for" {
  params: { size: 0 }
  expect demo.account.name == "nothing"
}
test "asked for, and not there" {
  expect error("D2013")
}
PROGRAM
run test
exits 1; says_nothing; prints "1 passed, 3 failed"; prints "ok      division by zero is told"
prints "error[D2051]: environment \`demo\` has no template: the program has errors"
prints "it has no value, because the program has errors"
prints "error[D2013]: division by zero"; prints "--> main.depot:5:18"
run test --filter nobody --format junit
exits 1; prints 'failures="0" errors="1"'; prints '<error type="D2013" message="main.depot:5:18: division by zero">'

fresh "mistakes in tests"
program main.depot
printf 'test "a" { expect demo.nam == "x" }\ntest "b" { expect true }\n' >>main.depot
run test
exits 1; says "error[D1207]"; prints_nothing
run check
exits 1; says "error[D1207]"
printf 'test "a" { expect 1 + }\n' >main.depot
run test
exits 1; says "error[D1001]"; prints_nothing

fresh "parameters of the command line"
shop
run test -p stage=prod --filter none
exits 1; prints "0 passed, 1 failed"
run test -p stage=dev --filter recovery
exits 0
run test -p stag=dev
exits 1; prints "error[D2022]: there is no parameter \`stag\`, but -p gives one"

fresh "policies"
shop
cat >policy.depot <<'PROGRAM'
rule "ACME-001" "production keeps backups" for location.DynamoDB as table when table.environment.name == "orders-prod" {
  require table.pointInTimeRecovery == true
}
PROGRAM
cat >policy.test.depot <<'PROGRAM'
import { orders } from "./orders.depot"
import "./policy.depot"
test "the policy is kept" {
  params: { stage: "prod" }
  expect !has(orders.nothing) || error("ACME-001", "backups")
}
PROGRAM
sed -i 's/!has(orders.nothing) || //' policy.test.depot
run test policy.test.depot
exits 0; prints "1 passed, 0 failed"

fresh "snapshots"
shop
run test --snapshot --ci
exits 1; prints "error[D0074]: there is no snapshot \`__snapshots__/orders/build/orders.template.json\`"; gone __snapshots__
run test --snapshot
exits 0; prints "snapshots: 1 written"; prints "3 passed, 0 failed"; there __snapshots__/orders/build/orders.template.json
run build orders.depot
exits 0; same_bytes out/orders.template.json __snapshots__/orders/build/orders.template.json
run test --snapshot --ci
exits 0; says_nothing
sed -i 's/tablePrefix: "hot-"/tablePrefix: "warm-"/; s/gateway api/gateway main/; s/api.url/main.url/' orders.depot; sed -i 's/orders.api/orders.main/' orders.test.depot
run test --snapshot
exits 1; prints "error[D0073]: the template differs from its snapshot"
prints "- Custom::Gateway Api"; prints "+ Custom::Gateway Main"; prints "~ Custom::Location Hot"; prints '"hot-" → "warm-"'
prints "~ Output Url"
run test --snapshot --update --filter build
exits 0; prints "snapshots: 1 updated"
run test --snapshot --ci
exits 0
printf '<<<<<<< mine\n' >__snapshots__/orders/build/orders.template.json
run test --snapshot
exits 1; prints "error[D0075]"
run test --snapshot --update
exits 0
run test --ci
exits 2; says "error[D0033]"
run test --snapshot --ci --update
exits 2; says "error[D0077]"

fresh "snapshots of tests and of what is gone"
shop
sed -i 's/^  params: { ...production }/&\n  snapshot: true/' orders.test.depot
run test --snapshot
exits 0; prints "snapshots: 2 written"
there __snapshots__/orders.test/test.production-has-recovery/orders.template.json
sed -i 's/"production has recovery"/"production recovers"/' orders.test.depot
mkdir -p __snapshots__/old/build && cp __snapshots__/orders/build/orders.template.json __snapshots__/old/build/
run test --snapshot
exits 0; says "warning[D0072]: snapshot \`__snapshots__/orders.test/test.production-has-recovery/orders.template.json\`"
says "warning[D0072]: snapshot \`__snapshots__/old/build/orders.template.json\`"
run test --snapshot --filter recovers
says_nothing
run test --snapshot --update
exits 0; says_nothing; prints "2 removed"; gone __snapshots__/old; gone __snapshots__/orders.test/test.production-has-recovery

fresh "snapshots of stages"
shop
printf 'name: "shop"\nentries: ["orders.depot"]\nstages: { dev: { stage: "dev" }, prod: { stage: "prod" } }\n' >depot.project
run test --snapshot
exits 0; prints "build of stage prod"; there __snapshots__/orders/stage.dev/orders.template.json
there __snapshots__/orders/stage.prod/orders.template.json
run test --snapshot --stage prod --ci --filter "build*"
exits 0; says_nothing; prints "1 passed, 0 failed"

fresh "snapshots that cannot be written"
shop
mkdir elsewhere && ln -s elsewhere __snapshots__
run test --snapshot --filter build
exits 3; says "error[D0040]: file \`__snapshots__/orders/build/orders.template.json\` cannot be written"; gone elsewhere/orders

fresh "the tests of examples"
run test "$root/examples"
exits 0; says_nothing; prints "main.test.depot"
