#!/bin/sh
# `depotc diff`: two programs, two templates, two stages.
# shellcheck disable=SC2154,SC2016,SC2034 # the words of tests/cli/run; texts as they are

staged() {
  cat >main.depot <<'PROGRAM'
param stage: "dev" | "prod" = "dev"
param size: string = "s"
environment shop {
  account: { name: "retail", id: aws.accountId }
  name: "shop-${stage}"
  for zone in ["eu", "us"] {
    location hot[zone]: DynamoDB { name: "${zone}-${size}", pointInTimeRecovery: stage == "prod" }
  }
  resource bucket: "AWS::S3::Bucket" { BucketName: "files-${stage}", Tags: [{ Key: "stage", Value: stage }] }
  resource vm: "AWS::EC2::Instance" { InstanceType: stage == "dev" ? "t3.micro" : "t3.small" }
  resource news: "AWS::SNS::Topic" { DisplayName: stage }
  if stage == "prod" {
    gateway api: API {}
    output url = api.url
  }
}
PROGRAM
  printf 'name: "shop"\nstages: { dev: { stage: "dev" }, prod: { stage: "prod" } }\n' >depot.project
}

fresh "two stages"
staged
run diff --stage dev --stage prod
exits 2; says_nothing
prints '                                       dev          prod'
prints '~ environment `shop`, Custom::Environment Environment78414C64, main.depot:3'
prints '    EnvironmentName                    "shop-dev"   "shop-prod"'
prints '~ location `hot["eu"]`, Custom::Location HotEu'
prints '    LocationProps.PointInTimeRecovery  false        true'
prints '~ resource `bucket`, AWS::S3::Bucket Bucket, main.depot:9, is replaced'
prints '    BucketName                         "files-dev"  "files-prod"'
prints '    Tags[0].Value                      "dev"        "prod"'
prints '~ resource `vm`, AWS::EC2::Instance Vm, main.depot:10, may be replaced'
prints '~ resource `news`, AWS::SNS::Topic News, main.depot:11'
prints_not 'main.depot:11, '
prints '+ gateway `api`, Custom::Gateway '
prints '+ Outputs Url'
prints '7 resources differ: 1 added, 6 changed (1 replaced); 1 other part of templates'
cp "$work/out" forward
run diff --stage prod --stage dev
exits 2; prints '- gateway `api`'; prints '7 resources differ: 1 removed, 6 changed'
run diff --stage dev --stage dev
exits 0; prints_nothing; says_nothing
run diff . --stage dev --stage prod
exits 2
same_bytes "$work/out" forward
run diff main.depot --stage dev --stage prod -p size=l
exits 2; prints_not '"us-s"'
run diff --no-project main.depot main.depot
exits 0

fresh "other forms"
staged
run diff --stage dev --stage prod --format json
exits 2; prints '"formatVersion": "1.0"'; prints '"before": "dev"'; prints '"declaration": "resource `bucket`"'; prints '"line": 9'
prints '"path": "Properties.BucketName"'; prints '"replaces": "yes"'; prints '"replaces": "maybe"'; prints '"replaces": "no"'
same "$(grep -c '"replaces"' "$work/out")" 4
run diff --stage dev --stage dev --format json
exits 0; prints '"templates": []'
run diff --stage dev --stage prod --format markdown
exits 2; prints '### shop'; prints '| | dev | prod |'; prints '| `BucketName` | `"files-dev"` | `"files-prod"` |'; prints '**added** gateway `api`'
run diff --stage dev --stage dev --format markdown
exits 0; prints 'Nothing differs.'

fresh "templates, folders, programs"
staged
run build --stage dev -o dev
run build --stage prod -o prod
run diff dev prod
exits 2; prints '~ AWS::S3::Bucket Bucket, is replaced'
run diff dev/shop.template.json main.depot --stage dev
exits 0; prints_nothing
run diff main.depot prod --stage prod
exits 0
run diff main.depot prod --stage dev
exits 2; prints 'resource `bucket`, AWS::S3::Bucket'
node -e 'const t = JSON.parse(require("fs").readFileSync("dev/shop.template.json")); console.log(JSON.stringify({ TemplateBody: t })); console.error(JSON.stringify({ TemplateBody: JSON.stringify(t) }))' >object.json 2>text.json
for form in object.json text.json; do
  run diff "$form" dev
  exits 0
  timeout 60 "$depotc" diff - dev <"$form" >"$work/out" 2>"$work/err"; code=$?
  exits 0
done
program other.depot other
run build --no-project other.depot -o both
run diff both dev
exits 2; prints 'other → shop'
cp both/other.template.json dev
run diff dev prod
exits 2; prints 'other (only dev)'; prints '- Custom::Environment'
run diff prod dev
exits 2; prints 'other (only dev)'; prints '+ Custom::Environment'

fresh "split environments"
cat >main.depot <<'PROGRAM'
param n: string = "a"
environment shop {
  account: { name: "retail", id: aws.accountId }
  split: true
  location hot: DynamoDB { name: n }
  location cold: DynamoDB {}
}
PROGRAM
run build -o one
run build -o two -p n=b
run diff one two
exits 2; prints '"a"'; prints '"b"'

fresh "mistakes"
staged
run diff
exits 1; says 'error[D0026]'
run diff main.depot
exits 1; says 'error[D0026]'
run diff --stage dev
exits 1; says 'error[D0026]'
run diff --stage dev --stage prod --stage dev
exits 1; says 'error[D0024]'
run diff a b c
exits 1; says 'error[D0025]'
run diff - -
exits 1; says 'error[D0025]'
run diff --stage dev --stage nope
exits 1; says 'error[D0045]'; prints_nothing
run diff nothing.json main.depot
exits 1; says 'error[D0001]'
run diff main.depot nothing.depot
exits 1; says 'error[D0001]'
printf 'Resources:\n' >stack.yaml
run diff stack.yaml main.depot
exits 1; says 'error[D0130]'
printf '{ "Resources": [] }' >list.json
run diff list.json main.depot
exits 1; says 'error[D0130]'
printf '[1' >broken.json
run diff broken.json main.depot
exits 1; says 'error[D0130]'
run diff main.depot --format xml
exits 1; says 'error[D0024]'
run diff --fomat json
exits 1; says 'error[D0022]'
printf 'let x = y\n' >>main.depot
run diff --stage dev --stage prod
exits 1; says 'error[D1101]'; prints_nothing
same "$(grep -c D1101 "$work/err")" 1

fresh "colours"
staged
run diff --stage dev --stage prod
if grep -q "$(printf '\033')" "$work/out"; then complain "expected no colours in a file"; else pass; fi
run diff --stage dev --stage prod --color always
exits 2
prints "$(printf '\033[33m~ environment `shop`')"
prints "$(printf '\033[32m+ gateway `api`')"
sed "s/$(printf '\033')\[[0-9]*m//g" "$work/out" >"$work/plain"
run diff --stage dev --stage prod
same_bytes "$work/plain" "$work/out"
run diff --stage dev --stage prod --color always --format json
if grep -q "$(printf '\033')" "$work/out"; then complain "expected no colours in JSON"; else pass; fi
