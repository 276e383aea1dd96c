# shellcheck shell=sh
# explain, stdlib and completion.

fresh "a page"
run explain D1001
exits 0; prints "D1001"; says_nothing
cp "$work/out" page
run explain d1001
exits 0; same "$(cat page)" "$(cat "$work/out")"
run explain 1001
exits 0; same "$(cat page)" "$(cat "$work/out")"
run explain D3221
exits 0; prints "See also
"; prints "\`location.Composite\` (docs/stdlib/location.Composite.md)"; prints "* D3001: "; says_nothing

fresh "all ids"
run explain
exits 0; prints "D0001"; prints "D5001"; prints "
Syntax
  D1001"; says_nothing

fresh "an unknown id"
run explain D1O01
exits 2; says "error[D0030]: no diagnostic has the id \`D1O01\`"; says "\`D1001\`"; prints_nothing

fresh "the id of a rule"
run explain ACME-001
exits 2; says "error[D0030]: no diagnostic has the id \`ACME-001\`"; says "doc comment"; prints_nothing
# In the project that has it.
printf '/// turn it on\nrule "ACME-001" "no backup" for location.DynamoDB as t { require t.pointInTimeRecovery }\n' >rules.depot
run explain ACME-001
exits 0; prints "ACME-001: no backup"; prints "turn it on"; prints "rules.depot:2"; says_nothing
run explain ACME-002
exits 2; says "D0030"; prints_nothing

fresh "what users add to the library"
printf '/// On paper.\nconstruct shelf {\n  name: string\n  cdk { class: "Shelf", from: "paper" }\n  cfn "Custom::Shelf" { Name: name }\n}\nextend gateway { color?: string }\n' >own.depot
run stdlib own.depot
exits 0; prints "shelf                    On paper."; says_nothing
run stdlib shelf own.depot --format json
exits 0; prints "\"from\": \"own.depot\""
run stdlib gateway.API --library own.depot
exits 0; prints "color?: string"
run stdlib gateway ./own.depot
exits 0; prints "extended in: ./own.depot"
run stdlib shelf
exits 2; says "D0031"; prints_nothing
run stdlib shelf other.depot
exits 3; says "other.depot"; prints_nothing
# Programs in doc comments are examples; one that does not end is text.
cat >own.depot <<'SOURCE'
/// On paper.
///
/// ```depot
/// shelf a {}
/// ```
/// Made by hand.
construct shelf {
  /// ```depot
  /// half
  name: string
  rule "ACME-1" "no" { require name != "" }
}
SOURCE
run stdlib shelf own.depot --format json
exits 0; prints '"doc": "On paper.\n\nMade by hand."'; prints '"shelf a {}\n"'; prints '"doc": "half"'
run stdlib shelf own.depot
exits 0; prints "Example

  shelf a {}

Properties"
run stdlib shelf own.depot --format markdown
exits 0; prints "## Example

\`\`\`depot
shelf a {}
\`\`\`

## Properties"; prints '* error ACME-1: no'
printf 'construct {' >own.depot
run stdlib shelf own.depot
exits 1; says "own.depot:1"; prints_nothing

fresh "the library"
run stdlib
exits 0; prints "environment"; says_nothing
construct=$(grep -oE '[a-z]+\.[A-Za-z]+' "$work/out" | head -n 1)
run stdlib "$construct"
exits 0; prints "$construct"
run stdlib "$construct" --format json
exits 0; prints "{"; prints "\"types\": ["
run stdlib "$construct" --format markdown
exits 0; prints "# "
run stdlib location
exits 0; prints "Constructs"; prints "location."
run stdlib accountId
exits 0; prints "accountId = string @pattern"; says_nothing
run stdlib schema
exits 0; prints "schema.object
"
run stdlib schema.object
exits 0; prints ". id?: schemaId"; prints "  schemaId
"
run stdlib schema.object --format json
exits 0; prints '"name": "schema.object"'; prints '"types": ['
run stdlib schema.object --format markdown
exits 0; prints "# schema.object"; prints "## Types"
run stdlib environmnet
exits 2; says "error[D0031]"; says "\`environment\`"

fresh "types of CloudFormation"
run stdlib
exits 0; prints "types of resource"; says_nothing
run stdlib AWS::SNS::Topic
exits 0; prints "DisplayName?: string"; prints "TopicArn: string"; says_nothing
cp "$work/out" topic
run stdlib 'resource: "AWS::SNS::Topic"'
exits 0; same "$(cat topic)" "$(cat "$work/out")"
run stdlib resource.AWS::SNS::Topic
exits 0; same "$(cat topic)" "$(cat "$work/out")"
run stdlib AWS::SNS::Topic --format json
exits 0; prints "\"construct\": \"AWS::SNS::Topic\""
run stdlib sns::t
exits 0; prints "AWS::SNS::TopicPolicy"; says_nothing
run stdlib resource
exits 0; prints "AWS::SNS::Topic"; prints "DeletionPolicy?"
run stdlib AWS::SNS::Topik
exits 2; says "error[D0031]"; says "\`AWS::SNS::Topic\`"

fresh "completion"
for shell in bash zsh fish; do
  run completion "$shell"
  exits 0; prints "build"; prints "target"; says_nothing
  cp "$work/out" "depotc.$shell"
done
for shell in bash zsh fish; do
  if command -v "$shell" >/dev/null 2>&1; then
    "$shell" -n "depotc.$shell" 2>"$work/err"
    code=$?
    exits 0; says_nothing
  fi
done
if command -v bash >/dev/null 2>&1; then
  same "check" "$(bash -c '. ./depotc.bash
    COMP_WORDS=(depotc che) COMP_CWORD=1; _depotc; echo "${COMPREPLY[*]}"')"
  same "cfn cdk" "$(bash -c '. ./depotc.bash
    COMP_WORDS=(depotc build --target c) COMP_CWORD=3; _depotc; echo "${COMPREPLY[*]}"')"
fi
