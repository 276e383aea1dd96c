#!/bin/sh
# `depotc new`: what it writes, and what it leaves alone.
# shellcheck disable=SC2154,SC2016,SC2034 # the words of tests/cli/run; texts as they are

# whole TEMPLATE OPTION…: makes a project of it, which holds up to all that depotc can do with it.
whole() {
  fresh "a project: $*"
  run new our-shop --template "$@"
  exits 0; prints_nothing; says 'wrote `our-shop`'
  cd our-shop || return
  run check --deny warnings
  exits 0; says_nothing
  run fmt --check .
  exits 0; says_nothing; prints_nothing
  run test
  exits 0; prints ", 0 failed"
  run build --deny warnings
  exits 0; says_nothing
  run build --check
  exits 0
  run build --target cfn --target cdk --stage "$(sed -n 's/.*--stage \([a-z-]*\).*/\1/p' depot.project | tail -n 1)" -o both
  exits 0; there both/cfn/ourShop.template.json; there both/cdk/package.json
  for name in README.md .gitignore .gitattributes .editorconfig .pre-commit-config.yaml .vscode/settings.json \
    .github/workflows/depotc.yml .github/depotc-matcher.json main.depot main.test.depot depot.project; do
    there "$name"
  done
  # Nothing of the template is left, and all that the README names is there.
  same "$(grep -rn '{{' --include='*' . | grep -v '\${{' | grep -v '^./both/\|^./out/\|^./infra/')" ""
  same "$(grep -o -- '--template-file [^ ]*' README.md | sort -u)" \
    "$(test ! -d out || echo '--template-file out/ourShop.template.json')"
}

for template in minimal snowflake tiered-store aurora lake multi-stage cdk cfn; do
  whole "$template"
  whole "$template" --stages eu-dev,us-prod --set gateways=
  whole "$template" --stages live --set gateways=API,IAM,WebSocket,Lambda,LambdaData
done
whole minimal --set locations=S3Tables,Aurora,ElasticSearch,DynamoDB
holds main.depot "location s3tables: S3Tables {}"
holds main.depot "deployBastionHost: true"
whole snowflake --set account=XY99 --set warehouse=OUR_WH
holds main.depot 'let snowflakeAccount = "XY99"'
holds main.depot 'let snowflakeWarehouse = "OUR_WH"'
whole cfn
sh -n deploy.sh; code=$?; exits 0
test -x deploy.sh; code=$?; exits 0

fresh "names that mean something in a program"
for name in true this null environment let stage account slack-channel in test a9; do
  run new "$name" --template multi-stage
  exits 0
  run test "$name"
  exits 0; prints ", 0 failed"
  run check "$name" --deny warnings
  exits 0; says_nothing
done

fresh "the folder is where the name says"
run new in/a/folder --yes
exits 0; there in/a/folder/main.depot; holds in/a/folder/depot.project 'name: "folder"'
mkdir here-it-is && cd here-it-is || exit 3
run new .
exits 0; there main.depot; holds depot.project 'name: "here-it-is"'; says_not "cd ."

fresh "what is there stays"
mkdir -p shop/schemas && printf 'mine\n' >shop/README.md
run new shop
exits 2; says 'error[D0123]: folder `shop` is not empty'; says 'shop/README.md (is there, stays)'; says 'shop/main.depot'
gone shop/main.depot
run new shop --dry-run
exits 0; says "would write"; gone shop/main.depot
run new shop --force
exits 0; there shop/main.depot; holds shop/README.md mine
same "$(wc -l <shop/README.md)" 1
run new shop --force
exits 0; says 'shop/main.depot (is there, stays)'

fresh "links are not written through"
mkdir shop elsewhere
ln -s ../elsewhere shop/schemas
ln -s ../elsewhere/main.depot shop/main.depot
run new shop --force
exits 3; says "error[D0040]"; says "shop/schemas"
same "$(ls -A elsewhere)" ""
gone shop/README.md
rm shop/schemas
run new shop --force
exits 0; says 'shop/main.depot (is there, stays)'
same "$(ls -A elsewhere)" ""

fresh "a folder that cannot be written"
mkdir closed && chmod 555 closed
as_somebody new closed/shop
exits 3; says "error[D0040]"; says "closed/shop"
printf 'a file\n' >shop
run new shop
exits 3; says "error[D0040]"; holds shop "a file"

fresh "the same twice"
run new one/shop
run new two/shop
diff -r one two >"$work/out" 2>&1; code=$?; exits 0

fresh "mistakes on the command line"
run new
exits 2; says "error[D0026]"
run new Our_Shop
exits 2; says "error[D0120]"; says 'our-shop'
run new shop- --yes
exits 2; says "error[D0120]"
run new a234567890123456789012345678901234567890x
exits 2; says "error[D0120]"
run new shop more
exits 2; says 'error[D0025]: unexpected argument `more`'
run new shop --template minimol
exits 2; says 'error[D0121]'; says '`minimal`'
run new shop --template _shared
exits 2; says 'error[D0121]'
run new shop --set gatewys=API
exits 2; says 'error[D0124]: template `minimal` has no setting `gatewys`'; says '`gateways`'
run new shop --set gateways
exits 2; says 'error[D0024]'
run new shop --set gateways=API,Api
exits 2; says 'error[D0125]: `Api` is no value for `gateways`'
run new shop --set locations=
exits 2; says 'error[D0125]'
run new shop --template snowflake --set 'account=a"b'
exits 2; says 'error[D0125]'
run new shop --stages 'dev,Prod'
exits 2; says 'error[D0125]: `Prod` is no value for `stages`'
run new shop --stages ,
exits 2; says 'error[D0125]'
run new shop --stages dev --diagnostics json --template no
exits 2; says '"D0121"'
gone shop

fresh "a template of one's own"
mkdir -p ours/dot-config 'ours/{{name}}' 'ours/{{environment.pascal}}'
cat >ours/template.json <<'JSON'
{
  "base": "minimal", "about": "Ours.", "stages": ["test", "live"],
  "settings": [
    { "name": "owner", "question": "Who owns it" },
    { "name": "zones", "many": true, "values": ["eu", "us"], "default": ["eu", "us"] }
  ]
}
JSON
printf '{{name}} {{environment}} {{environment.pascal}} {{stages.first}} {{stages.last}} {{stages.union}} {{owner}} ${{ vars.X }} {{\n' >ours/notes.txt
printf '{{#zones}}\n{{.}}{{#stages=live}}!{{/stages=live}}\n  {{#zones=us}}\n  {{name.lower}}\n  {{/zones=us}}\n{{/zones}}\nend' >ours/dot-config/zones
printf '#!/bin/sh\n' >ours/run.sh && chmod +x ours/run.sh
printf 'a\0{{nothing}}' >ours/bytes.bin
printf 'x\n' >'ours/{{name}}/{{owner}}.txt'
run new my-shop --from ours
exits 2; says 'error[D0125]'; says '`owner`'; says '--set'
run new my-shop --from ours --set owner=me
exits 0; there my-shop/main.depot; there my-shop/my-shop/me.txt; gone my-shop/template.json
same "$(cat my-shop/notes.txt)" 'my-shop myShop MyShop test live "test" | "live" me ${{ vars.X }} {{'
same "$(cat my-shop/.config/zones)" "$(printf 'eu!\n  my-shop\nus!\n  my-shop\nend')"
same_bytes my-shop/bytes.bin ours/bytes.bin
test -x my-shop/run.sh; code=$?; exits 0
holds my-shop/README.md "Ours."
mkdir folders && mv ours folders/service
run new other --from folders --template service --set owner=me --set zones=
exits 0; same "$(cat other/.config/zones)" "end"

fresh "templates that cannot be used"
mkdir ours
run new shop --from ours
exits 2; says 'error[D0122]: template `ours` cannot be used: there are no files in it'
run new shop --from nowhere
exits 2; says 'error[D0122]'; says "nowhere"
for text in '{{nmae}}' '{{name.upper}}' '{{stages}}' '{{#stages}}' '{{/stages}}' '{{#sages}}{{/sages}}' '{{.}}' '{{}}'; do
  printf 'first\n%s\n' "$text" >ours/notes.txt
  run new shop --from ours
  exits 2; says 'error[D0122]: template `ours` cannot be used: `notes.txt`, line 2: '; gone shop
done
printf 'fine\n' >ours/notes.txt
for json in '[]' '{' '{"settings":[{}]}' '{"stages":[]}' '{"stages":"dev"}' '{"base":"none"}' '{"base":"_none"}' \
  '{"settings":[{"name":"a","values":["x"],"default":"y"}]}' '{"settings":[{"name":"a","many":true,"default":"y"}]}' \
  '{"settings":[{"name":"a","values":"x"}]}' '{"settings":[{"name":"a.b"}]}' '{"settings":[{"name":"a","default":["y"]}]}'; do
  printf '%s' "$json" >ours/template.json
  run new shop --from ours
  exits 2; says 'error[D0122]'; gone shop
done
rm ours/template.json
mkfifo ours/pipe
run new shop --from ours
exits 2; says 'neither a file nor a folder'
rm ours/pipe && mkdir 'ours/{{name}}' && ln -s /etc/passwd 'ours/{{name}}/x'
run new shop --from ours
exits 2; says 'neither a file nor a folder'
rm -r 'ours/{{name}}' && printf '{"settings":[{"name":"way","default":".."}]}' >ours/template.json && mkdir 'ours/{{way}}' && printf 'x' >'ours/{{way}}/x'
run new shop --from ours
exits 2; says 'is no place in a project'; gone x

fresh "a repository"
run new shop --git
exits 0; there shop/.git/hooks/pre-commit; says 'installed'
git init --quiet outer && cd outer || exit 3
run new inner --git
exits 0; gone inner/.git; there .git/hooks/pre-commit
git init --quiet empty
run new empty
exits 0; there empty/main.depot

# typed ANSWERS ARGUMENT…: runs it at a terminal, where the lines of ANSWERS are typed.
typed() {
  answers=$1
  shift
  printf '%b' "$answers" | timeout 60 script -qec "'$depotc' $*" /dev/null >"$work/out" 2>"$work/err"
  code=$?
}

fresh "asked at a terminal"
typed 'my-shop\nsnowflake\ndev,live\nXY99\n\n\n2 wrong\n2,IAM,lambda\nn\n' new
exits 0; prints 'Name of the project'; prints '`wrong` is none of them'; prints 'wrote `my-shop`, of the template `snowflake`'
holds my-shop/main.depot 'let snowflakeAccount = "XY99"'; holds my-shop/main.depot 'let snowflakeRegion = "eu-west-1"'
holds my-shop/main.depot 'gateway iam: IAM {}'; holds my-shop/main.depot 'gateway lambda: Lambda {}'; holds my-shop/main.depot '"dev" | "live"'
same "$(grep -c gateway my-shop/main.depot)" 2
gone my-shop/.git
typed '\n2 3\n-\n\n' new other --template minimal
exits 0; there other/.git/hooks/pre-commit; holds other/main.depot "ElasticSearch"; holds other/main.depot "Aurora"
same "$(grep -c gateway other/main.depot)" 0
typed '\n\n\nn\n' new other --template minimal
exits 2; prints '`other` is not empty'; prints 'other/main.depot (is there, stays)'; prints "nothing was written"
rm other/README.md
typed '\n\n\nperhaps\ny\nn\n' new other --template minimal
exits 0; there other/README.md; prints "Answer y or n"
typed 'third\n\0004' new
exits 2; prints "nothing was written"; gone third
typed '\n\n\n\0004' new third --template minimal
exits 2; prints "nothing was written"; gone third
typed 'Third\n' new
exits 2; prints 'cannot be the name of a project'; gone third
typed '' new third --yes
exits 0; there third/main.depot; prints_not "Template"
