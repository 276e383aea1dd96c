# shellcheck shell=sh disable=SC2154
# Projects: depot.project, where it is found, and what goes before it.

# project: a project with two entries, stages and a policy file.
project() {
  mkdir -p lake policies
  cat >depot.project <<'PROJECT'
name: "retail"
entries: ["orders.depot", "lake"]
targets: { cfn: "out", cdk: "infra" }
params: { size: 1 }
stages: { dev: { stage: "dev" }, prod: { stage: "prod", size: 30 } }
policies: ["policies/company.depot"]
levels: { D1130: "allow" }
PROJECT
  cat >orders.depot <<'PROGRAM'
param stage: "dev" | "prod" = "dev"
param size: int
let unused = 3
environment orders {
  account: { name: "orders-${stage}-${size}", id: aws.accountId }
}
PROGRAM
  program lake/shelf.depot shelf
  echo 'let forbidden = ["test"]' >policies/company.depot
}

fresh "a project is built as it says"
project
run build
exits 0; says_nothing; prints_nothing
holds out/orders.template.json '"orders-dev-1"'; there out/shelf.template.json
holds infra/package.json '"name": "retail"'; there infra/bin/retail.ts; there infra/lib/shelf-stack.ts
there out/.depotc-manifest.json; there infra/.depotc-manifest.json; gone out/cfn

fresh "from any folder below"
project
mkdir -p lake/deep
cd lake/deep || exit 3
run build --stage prod
exits 0; says_nothing
cd "$work/here" || exit 3
holds out/orders.template.json '"orders-prod-30"'; gone lake/deep/out; gone lake/out
echo 'let broken = 1 +' >>orders.depot
cd lake || exit 3
run check
exits 1; says " --> ../orders.depot:"
cd "$work/here" || exit 3

fresh "from above, by its folder or its file"
project
mkdir elsewhere
cd elsewhere || exit 3
run build ..
cd "$work/here" || exit 3
exits 0; there out/orders.template.json; rm -r out infra
cd elsewhere || exit 3
run build ../depot.project --stage prod
cd "$work/here" || exit 3
exits 0; holds out/orders.template.json '"orders-prod-30"'

fresh "from a folder that has nothing in common with it"
project
echo 'let broken = 1 +' >>orders.depot
here=$PWD
cd / || exit 3
run check "$here"
exits 1; says " --> $here/orders.depot:"
cd "$here" || exit 3

fresh "a parameter that only stages give"
project
sed -i 's/params: .*//; s/dev: { stage: "dev" }/dev: { stage: "dev", size: 2 }/' depot.project
run build
exits 1; says "error[D2021]: parameter \`size\` has no value"; says "or take a stage of the project with \`--stage\`: \`dev\`, \`prod\`"
run build --stage dev
exits 0; holds out/orders.template.json '"orders-dev-2"'

fresh "the nearest project counts"
project
echo 'name: "lake"' >lake/depot.project
run build lake/shelf.depot
exits 0; there lake/out/shelf.template.json; gone out; gone infra
run check lake/shelf.depot orders.depot
exits 2; says "error[D0046]: \`orders.depot\` belongs to the project \`depot.project\`, but \`lake/shelf.depot\` to the project \`lake/depot.project\`"
run check --project depot.project lake/shelf.depot orders.depot
exits 0; says_nothing
run check --no-project lake/shelf.depot
exits 0

fresh "a path in a project: its settings hold, its entries do not"
project
echo 'let unused = 3' >>lake/shelf.depot
run check lake/shelf.depot
exits 0; says_nothing
run check --no-project lake/shelf.depot
exits 0; says "warning[D1130]"

fresh "options go before the project"
project
run build --target cfn -o elsewhere --stage prod -p size=5
exits 0; holds elsewhere/orders.template.json '"orders-prod-5"'; gone out; gone infra
run build -o elsewhere --stage prod --force
exits 0; there elsewhere/cfn/orders.template.json; there elsewhere/cdk/package.json
echo '{ "size": 7, "stage": "prod" }' >some.json
run build --target cfn --stage dev --params some.json
exits 0; holds out/orders.template.json '"orders-prod-7"'
run build --target cdk --name other --package-version aws-cdk-lib=2.270.0
exits 0; holds infra/package.json '"name": "other"'; holds infra/package.json '"aws-cdk-lib": "2.270.0"'
run build -W D1130 --target cfn
exits 0; says "warning[D1130]"
run build -D D1130 --target cfn
exits 1; says "error[D1130]"; says "which \`-D D1130\` makes an error"
run build orders.depot --stdout
exits 0; prints '"orders-dev-1"'

fresh "another function behind the custom resources"
program main.depot
run build main.depot --stdout --service-token arn:aws:lambda:eu-west-1:111111111111:function:own
exits 0; prints '"ServiceToken": "arn:aws:lambda:eu-west-1:111111111111:function:own"'
run build main.depot --service-token own
exits 2; says "error[D0024]: \`own\` is no value for option \`--service-token\`"

fresh "stages that there are not"
project
run build --stage prdo
exits 2; says "error[D0045]: the project has no stage \`prdo\`"; says "similar name exists: \`prod\`"; says "it has \`prod\`, \`dev\`"; gone out
rm depot.project
run build --stage prod
exits 2; says "error[D0033]: option \`--stage\` means nothing without \`depot.project\`"

fresh "levels on the command line"
program main.depot
echo 'let unused = 3' >>main.depot
run build main.depot --deny warnings
exits 1; says "error[D1130]"; gone out
run build main.depot --deny warnings -W D1130
exits 0; says "warning[D1130]"; there out
run check main.depot -A D1130
exits 0; says_nothing
run check main.depot -A D1130 -D D1130
exits 1
run check main.depot -A D113O
exits 2; says "error[D0043]: no diagnostic and no rule has the id \`D113O\`"; says "a similar id exists: \`D1130\`"
run check main.depot -A D1203
exits 2; says "error[D0044]: \`D1203\` is an error and cannot be allowed"
run check main.depot -D D1203
exits 0

fresh "parts of all programs"
program main.depot
echo 'let forbidden = [1 + ]' >company.depot
run check main.depot
exits 0
run check main.depot --policy company.depot
exits 1; says " --> company.depot:1:"
run check main.depot --library nowhere.depot
exits 3; says "error[D0001]: file \`nowhere.depot\` does not exist"
echo 'policies: ["company.depot"]' >depot.project
run check
exits 1; says " --> company.depot:1:"
printf 'let forbidden = [1]\nenvironment other {\n  account: { name: "x", id: aws.accountId }\n}\n' >company.depot
run build
exits 0; there out/demo.template.json; gone out/other.template.json

fresh "files outside of the project that the command line names"
mkdir company here
echo 'let forbidden = ["test"]' >company/names.depot
echo 'import { forbidden } from "./names.depot"
let _all = forbidden
let count = length(_all)' >company/policies.depot
cd here || exit 3
: >depot.project
program main.depot
run check --policy ../company/policies.depot
exits 0; says_nothing
echo 'policies: ["../company/policies.depot"]' >depot.project
run check
exits 1; says "error[D0042]: \`../company/policies.depot\` is outside of the project"
cd "$work/here" || exit 3

fresh "policies hold for every program"
project
cat >policies/company.depot <<'POLICIES'
rule "COMPANY-1" "`${one.name}` begins with a vowel" for environment as one { require !startsWith(one.name, "o") }
POLICIES
run check orders.depot
exits 1; says "error[COMPANY-1]: \`orders\` begins with a vowel"; says "orders.depot:4:"
run check lake/shelf.depot
exits 0; says_nothing
run build -W COMPANY-1
exits 0; says "warning[COMPANY-1]"; there out/orders.template.json
run build -A COMPANY-1
exits 0; says_nothing
run check --no-project orders.depot -p size=1 --policy policies/company.depot
exits 1; says "error[COMPANY-1]"
run check -A COMPANY-2
exits 2; says "a similar id exists: \`COMPANY-1\`"

fresh "what a project names and is not there"
project
rm lake/shelf.depot policies/company.depot
run check
exits 3; says "error[D0001]: file \`policies/company.depot\` does not exist"; says " --> depot.project:6:12"
says "error[D0029]: no \`.depot\` file in folder \`lake\`"

fresh "project files that are none"
program main.depot
mkdir depot.project
run check
exits 3; says "error[D0003]: \`depot.project\` is not a file but a folder"
rmdir depot.project
ln -s nowhere depot.project
run check
exits 3; says "error[D0001]"
rm depot.project
run check --project nowhere
exits 3; says "error[D0001]"
printf 'entries: ["depot.project"]\n' >depot.project
run check
exits 1; says "error[D0050]: \`depot.project\` is a project file and no program"
printf 'entires: ["main.depot"]\n' >depot.project
run check --fix
exits 0; holds depot.project 'entries: ["main.depot"]'
run check --project depot.project --no-project
exits 2; says "error[D0024]"
: >depot.project
run build
exits 0; there out/demo.template.json

fresh "a project without programs"
: >depot.project
run build
exits 2; says "error[D0029]: no \`.depot\` file in the working folder"
mkdir empty
echo 'entries: ["empty"]' >depot.project
run build
exits 1; says "error[D0029]: no \`.depot\` file in folder \`empty\`"; says " --> depot.project:1:11"

fresh "links that lead out of the project"
mkdir here away
echo 'let secret = "x"' >away/x.depot
ln -s ../away/x.depot here/x.depot
ln -s ../away here/away
ln -s . here/self
cd here || exit 3
: >depot.project
printf 'import { secret } from "./x.depot"\n' >main.depot
run check main.depot
exits 1; says "error[D0042]: \`./x.depot\` is outside of the project: a symbolic link leads out"
printf 'import { secret } from "./away/x.depot"\n' >main.depot
run check main.depot
exits 1; says "error[D0042]"
printf 'import { secret } from "./nothing/../../away/x.depot"\n' >main.depot
run check main.depot
exits 1; says "error[D0042]"; says_not "D0001"
printf 'import { own } from "./self/own.depot"\nenvironment demo {\n  account: { name: own, id: aws.accountId }\n}\n' >main.depot
echo 'let own = "sandbox"' >own.depot
run check main.depot
exits 0; says_nothing
printf 'import { secret } from "./nothing.depot"\n' >main.depot
run check main.depot
exits 3; says "error[D0001]"
printf 'let a = 1\n' >main.depot
printf 'policies: ["away/x.depot"]\n' >depot.project
run check
exits 1; says "error[D0042]"; says " --> depot.project:1:12"
cd "$work/here" || exit 3

fresh "output folders: all or nothing"
project
run build
exits 0
sed -i 's/name: "orders-/name: "changed-/' orders.depot
echo '// mine' >>infra/lib/orders-stack.ts
cp out/orders.template.json before.json
run build
exits 3; says "error[D5"; same_bytes out/orders.template.json before.json
run build --force
exits 0; holds out/orders.template.json '"changed-dev-1"'; holds infra/lib/orders-stack.ts '"changed-dev-1"'
sed -i 's/"infra"/"same"/' depot.project
ln -s out same
run build
exits 1; says "error[D0048]: the targets \`cfn\` and \`cdk\` are written into one folder"

fresh "targets of a project"
project
sed -i 's/cfn: "out", cdk: "infra"/cdk: "infra"/' depot.project
run build
exits 0; there infra/package.json; gone out
run build --target cfn
exits 0; there out/orders.template.json
rm -r out
run build --target cfn --target cdk
exits 0; there out/cfn/orders.template.json; there infra/package.json; gone out/cdk
