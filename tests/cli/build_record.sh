#!/bin/sh
# Builds that are over before they begin, since nothing has changed; and all that is a change.
# shellcheck disable=SC2154,SC2016,SC2034 # the words of tests/cli/run; texts as they are

# many: a project of 110 programs; it stands long enough for its times to be told from later ones.
many() {
  rm -rf "$XDG_CACHE_HOME"
  mkdir lib schemas rules
  printf 'name: "shop"\npolicies: ["rules/one.depot"]\nparams: { stage: "dev" }\n' >depot.project
  printf 'rule "R-1" "no" for location as one {\n  require has(one.name)\n}\n' >rules/one.depot
  printf 'let size = 1\n' >lib/size.depot
  printf 'type: object\nproperties:\n  code: string\n' >schemas/Order.yaml
  printf 'note\n' >note.txt
  ln -s size.depot lib/linked.depot
  for i in $(seq 110); do
    printf 'import { size } from "./lib/linked.depot"\nparam stage: string\nenvironment env%s {\n  account: { name: "x", id: aws.accountId }\n  location hot: DynamoDB { name: "%s-${stage}-${size}" }\n' "$i" "$i" >"e$i.depot"
    [ "$i" -ne 1 ] || printf '  package p { version: "1.0.0", schemas: ["./schemas"] }\n  output note = file("./note.txt")\n' >>"e$i.depot"
    printf '}\n' >>"e$i.depot"
  done
  sleep 0.02
}

# records: how many there are.
records() {
  find "$XDG_CACHE_HOME" -type f 2>/dev/null | wc -l
}

# settle: builds until all is recorded.
settle() {
  run build
  exits 0; says_nothing
  sleep 0.02
  run build
  exits 0; says_nothing
  same 1 "$(records)"
}

fresh "nothing is kept of small builds"
rm -rf "$XDG_CACHE_HOME"
program main.depot
run build
run build
exits 0; same 0 "$(records)"

fresh "nothing has changed"
many
settle
record=$(find "$XDG_CACHE_HOME" -type f)
same "drwx------ -rw-------" "$(stat -c %A "$(dirname "$record")") $(stat -c %A "$record")"
# A record that speaks of other times does not hold, and is written again; one that holds is not touched.
before=$(stat -c %i "$record")
run build
exits 0; says_nothing; prints_nothing; same "$before" "$(stat -c %i "$record")"
run build --no-cache
exits 0; same "$before" "$(stat -c %i "$record")"

# changes NAME COMMAND EXPECTED: after COMMAND the build is made, which is seen by what EXPECTED, a command, says.
changes() {
  fresh "a change is seen: $1"
  many
  settle
  record=$(find "$XDG_CACHE_HOME" -type f)
  before=$(stat -c %i "$record")
  eval "$2"
  run build
  eval "$3"
  # and when all is as it was before, the output is too
  sleep 0.02
  run build
  eval "$3"
}
changes "a source" 'sed -i s/5-/other-/ e5.depot' 'exits 0; holds out/env5.template.json other-dev'
changes "a source of the same size, at the same time" 'touch -r e5.depot old; sed -i s/5-/6-/ e5.depot; touch -r old e5.depot' 'exits 0; holds out/env5.template.json "6-dev"'
changes "an import behind a link" 'echo "let size = 2" >lib/size.depot' 'exits 0; holds out/env9.template.json 9-dev-2'
changes "another link" 'echo "let size = 3" >lib/other.depot; ln -sf other.depot lib/linked.depot' 'exits 0; holds out/env9.template.json 9-dev-3'
changes "a new source" 'program new.depot fresh' 'exits 0; there out/fresh.template.json'
changes "a source that is gone" 'rm e5.depot' 'exits 0; gone out/env5.template.json'
changes "a text" 'echo other >note.txt' 'exits 0; holds out/env1.template.json other'
changes "a schema that is wrong" 'echo "kind: [" >schemas/Order.yaml' 'exits 1; says schemas/Order.yaml'
changes "a new schema" 'echo "kind: [" >schemas/New.yaml' 'exits 1; says schemas/New.yaml'
changes "a policy" 'sed -i "s/has(one.name)/!has(one.name)/" rules/one.depot' 'exits 1; says "R-1"'
changes "the project" 'sed -i s/dev/test/ depot.project' 'exits 0; holds out/env9.template.json 9-test'
changes "no project" 'rm depot.project' 'exits 1; says stage'
changes "a warning, each time" 'printf "let unused = 1\n" >>e5.depot' 'exits 0; says "warning["'
changes "an output that was edited" 'echo "// mine" >>out/env5.template.json' 'exits 3; says "error[D5002]: file \`out/env5.template.json\`"'
changes "an output that is gone" 'rm out/env5.template.json' 'exits 0; there out/env5.template.json'
changes "an output that is a link now" 'mv out/env5.template.json elsewhere; ln -s ../elsewhere out/env5.template.json' 'exits 3; says "error[D5001]"'
changes "the manifest" 'echo "{}" >out/.depotc-manifest.json' 'exits 3; says "error[D5004]"'
changes "what a killed build left" ': >out/..depotc-manifest.json.depotc-new' 'exits 0; gone out/..depotc-manifest.json.depotc-new'
changes "no output at all" 'rm -r out' 'exits 0; there out/env5.template.json'
changes "a file that is the right one, again" 'cp out/env5.template.json copy; mv copy out/env5.template.json' 'exits 0; says_nothing'

fresh "other commands have records of their own"
many
settle
run build -p stage=prod -o prod
exits 0; holds prod/env9.template.json 9-prod
run build --target cdk -o cdk
exits 0; there cdk/package.json
run build
exits 0; says_nothing; holds out/env9.template.json 9-dev

fresh "records that are none"
many
settle
record=$(find "$XDG_CACHE_HOME" -type f)
cp "$record" good
sed -i s/5-/other-/ e5.depot
for size in 0 1 20 86 87 100 159 160 5000 $(($(stat -c %s good) - 1)); do
  head -c "$size" good >"$record"
  run build
  exits 0; says_nothing; holds out/env5.template.json other-dev
done
head -c 30000 /dev/urandom >"$record"
run build
exits 0; says_nothing
{ head -c 85 good; head -c 3000 /dev/urandom; echo end; } >"$record"
run build
exits 0; says_nothing
rm "$record"
mkdir "$record"
run build
exits 0; says_nothing

fresh "a cache that cannot be written"
many
: >"$XDG_CACHE_HOME"
run build
exits 0; says_nothing
rm "$XDG_CACHE_HOME"
export XDG_CACHE_HOME=/proc/nowhere
run build
exits 0; says_nothing
export XDG_CACHE_HOME="$work/cache"

fresh "old records go"
many
mkdir -p "$XDG_CACHE_HOME/depotc/builds"
touch -d "40 days ago" "$XDG_CACHE_HOME/depotc/builds/old"
touch -d "20 days ago" "$XDG_CACHE_HOME/depotc/builds/new"
run build
sleep 0.02
run build
exits 0; gone "$XDG_CACHE_HOME/depotc/builds/old"; there "$XDG_CACHE_HOME/depotc/builds/new"; same 2 "$(records)"
