#!/bin/sh
# Builds every example, golden and program of programs/ for both targets and proves that they agree; the same for
# the TypeScript and `.depot` of the documentation.
#
# BUILD_DIR is the folder that install.sh fills; it is filled first if need be. What depotc wrote stays in
# BUILD_DIR/out/. Further arguments go to prove.mjs.
set -eu

if [ $# -lt 2 ]; then
  echo "usage: run.sh DEPOTC BUILD_DIR [PROVE_OPTION...]" >&2
  exit 2
fi

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
depotc=$(CDPATH='' cd -- "$(dirname -- "$1")" && pwd)/$(basename -- "$1")
"$here/install.sh" "$2"
build=$(CDPATH='' cd -- "$2" && pwd)
shift 2

out="$build/out"
rm -rf "$out"
mkdir -p "$out"
programs="$out/programs"
: >"$programs"
skipped=0

# holds FOLDER PATTERN: whether the folder has such a file.
holds() {
  [ -n "$(find "$1" -name "$2" 2>/dev/null | head -n 1)" ]
}

# prepare NAME MUST_BUILD FOLDER [ARGUMENT...]: of a program that must build and does not, prove.mjs tells why from
# build.log; another one shows its failure in its golden, or has no environment, and there is nothing to prove.
prepare() {
  result="$out/$1"
  must=$2
  source=$3
  shift 3
  mkdir -p "$result"
  for target in cfn cdk; do
    (cd "$source" && "$depotc" build main.depot --target "$target" -o "$result/$target" "$@") \
      >>"$result/build.log" 2>&1 || true
  done
  if [ "$must" = must ] || { holds "$result/cfn" '*.template.json' && holds "$result/cdk" '*-stack.ts'; }; then
    printf '%s\n' "$result" >>"$programs"
  else
    skipped=$((skipped + 1))
  fi
}

# New projects, as `depotc new` makes them.
templates="$out/templates"
mkdir -p "$templates"
for folder in "$root"/stdlib/templates/[!_]*/; do
  name=$(basename "$folder")
  "$depotc" new "$templates/new-$name" --template "$name" >/dev/null 2>&1 </dev/null
  prepare "new-$name" must "$templates/new-$name"
  prepare "new-$name-prod" must "$templates/new-$name" --stage prod
done

for folder in "$root"/examples/*/; do
  name=$(basename "$folder")
  prepare "examples-$name" must "$folder"
  if [ -f "$folder/depot.project" ]; then
    prepare "examples-$name-prod" must "$folder" --stage prod
  fi
  for params in "$folder"*.json; do
    if [ -f "$params" ]; then
      prepare "examples-$name-$(basename "$params" .json)" must "$folder" --params "$params"
    fi
  done
done

for folder in "$here"/programs/*/; do
  prepare "programs-$(basename "$folder")" must "$folder"
done

for main in "$root"/tests/goldens/*/*/main.depot; do
  [ -f "$main" ] || continue
  folder=$(dirname "$main")
  group=$(basename "$(dirname "$folder")")
  case $group in
    language | library) must=must ;;
    *) must=may ;;
  esac
  # Words of the file `args` are arguments, as the runner of the goldens takes them; brackets in them are no patterns.
  set -f
  # shellcheck disable=SC2046
  prepare "$group-$(basename "$folder")" "$must" "$folder" $(cat "$folder/args" 2>/dev/null || true)
  set +f
done

# TypeScript that people wrote, and the same in .depot.
node "$here/pages.mjs" "$depotc" "$build/node_modules" "$out/coming-from-cdk" "$root/docs/coming-from-cdk.md"
printf '%s\n' "$out"/coming-from-cdk/*/ >>"$programs"

# Every resource type of CloudFormation, with values that are made up.
node "$here/resources.mjs" "$depotc" "$out/resources" 1 2
for folder in "$out"/resources/*/; do
  prepare "$(basename "$folder")" must "$folder"
  : >"$out/$(basename "$folder")/samples"
done

# Random programs of all that the library has.
node "$here/../properties/run.mjs" "$depotc" "$(dirname "$depotc")/tests/depot-dump" --count 25 --seed 5 --keep "$out/random"
printf '%s\n' "$out"/random/*/out/ >>"$programs"

echo "$skipped programs have nothing to prove"
tr '\n' '\0' <"$programs" | xargs -0 node "$here/prove.mjs" --node-modules "$build/node_modules" "$@"
