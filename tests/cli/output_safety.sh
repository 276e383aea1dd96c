#!/bin/sh
# Output folders when builds are killed or run at once, and when links stand in them.
# shellcheck disable=SC2154,SC2016 # the words of tests/cli/run; texts as they are

# leftovers FOLDER: temporary files in it.
leftovers() {
  find "$1" -name '*.depotc-new'
}

# tests/faults kills a small one at each call of the system that writes.
fresh "builds that are killed at random moments"
mkdir a b
for i in $(seq 10 59); do
  program "a/$i.depot" "env$i"
  program "b/$i.depot" "env$((i + 25))"
  sed -i 's/sandbox/other/; s/aws.accountId/"123456789012"/' "b/$i.depot"
done
for side in a b; do
  run build "$side" --target cfn --target cdk -o "ref-$side"
  exits 0
done
cp -r ref-a out
begin=$(date +%s%N)
run build b --target cfn --target cdk
whole=$((($(date +%s%N) - begin) / 1000)) # microseconds of an undisturbed build
end=$(($(date +%s) + 6))
kills=0
wrong=""
side=a
while [ -z "$wrong" ] && [ "$(date +%s)" -lt "$end" ]; do
  kills=$((kills + 1))
  delay=$(awk -v whole="$whole" -v seed="$kills$$" 'BEGIN { srand(seed); printf "%.6f", rand() * whole * 1.2 / 1000000 }')
  timeout -s KILL "$delay" "$depotc" build $side --target cfn --target cdk >"$work/out" 2>"$work/err"
  wrong=$(find out -type f ! -name '*.depotc-new' ! -name .depotc-manifest.json | while read -r path; do
    name=${path#out/}
    cmp -s "$path" "ref-a/$name" || cmp -s "$path" "ref-b/$name" || echo "half: $path after $delay s"
  done)
  node -e 'JSON.parse(require("fs").readFileSync("out/.depotc-manifest.json", "utf8"))' || wrong="$wrong manifest"
  # Every other time the build that was killed is begun again, else the other one comes.
  if [ $((kills % 2)) -eq 0 ]; then
    if [ $side = a ]; then side=b; else side=a; fi
  fi
  run build $side --target cfn --target cdk
  [ "$code" -eq 0 ] || wrong="$wrong exit code $code"
  [ ! -s "$work/err" ] || wrong="$wrong $(cat "$work/err")"
  diff -r out ref-$side >/dev/null || wrong="$wrong $(diff -rq out ref-$side)"
  if [ $side = a ]; then side=b; else side=a; fi
done
same "" "$wrong"

fresh "a build that was killed before it wrote anything else"
program main.depot
mkdir out
: >out/..depotc-manifest.json.depotc-new
run build main.depot
exits 0; says_nothing; same "" "$(leftovers out)"
printf '{"formatVersion":"1.0","unfinished":true,"files":{"demo.template.json":"%s","sub/a.json":"00","../x":"00"}}' \
  "$(sha256sum out/demo.template.json | cut -d' ' -f1)" >out/.depotc-manifest.json
mkdir out/sub
: >out/sub/.a.json.depotc-new
: >.x.depotc-new
run build main.depot
exits 0; says_nothing; same "" "$(leftovers out)"; gone out/sub; there .x.depotc-new

fresh "a failure while writing leaves all as it was"
program a.depot first
run build
program b.depot second
mkdir before
cp -a out before
mkdir out/.second.template.json.depotc-new # is in the way of a temporary file
run build
exits 3; says 'error[D0040]: file `out/second.template.json` cannot be written'
rmdir out/.second.template.json.depotc-new
same "" "$(diff -r before/out out)"
run build
exits 0

fresh "two builds at once"
mkdir a b
for i in $(seq 10 59); do
  program "a/$i.depot" "env$i"
  program "b/$i.depot" "env$((i + 25))"
done
run build a -o ref-a
run build b -o ref-b
for round in 1 2 3 4 5; do
  for side in a b a b; do
    timeout 60 "$depotc" build $side >>"$work/said" 2>&1 || echo "failed in round $round" >>"$work/said" &
  done
  wait
  if diff -r out ref-a >/dev/null || diff -r out ref-b >/dev/null; then pass; else complain "a mixture of both"; fi
done
same "" "$(grep -v "^waiting for another build" "$work/said" | tail -n 5)"
rm "$work/said"

fresh "two builds that write the same folders in another order, under other names"
program main.depot
mkdir one two
ln -s one zz
ln -s two aa
printf 'targets: { cfn: "one", cdk: "two" }\n' >depot.project
printf 'targets: { cfn: "zz", cdk: "aa" }\n' >other.project
for project in depot other; do
  for i in $(seq 40); do
    # So that each has something to write, and takes its time.
    timeout 20 "$depotc" build --project $project.project --name "$project$i" >>"$work/said" 2>&1 || echo "failed: $project $i" >>"$work/said"
  done &
done
wait
same "" "$(grep -v "^waiting for another build" "$work/said" | tail -n 5)"
rm "$work/said"
run build
exits 0; says_nothing; same "" "$(leftovers one; leftovers two)"

fresh "a lock that somebody else has"
program main.depot
run build main.depot
sed -i 's/demo/other/' main.depot
flock out sleep 2 &
sleep 0.3
run build main.depot
exits 0; says "waiting for another build, which writes to out"; there out/other.template.json
wait
flock -s out sleep 1 &
sleep 0.3
run build main.depot --check
exits 0; says_nothing
wait

fresh "a lock is not left behind"
program main.depot
run build main.depot
timeout -s KILL 0.2 flock out sleep 0.1
run build main.depot
exits 0; says_nothing

fresh "the output folder itself may be a link"
program main.depot
mkdir real
ln -s real out
run build main.depot
exits 0; there real/demo.template.json
run build main.depot
exits 0; says_nothing
if [ -L out ]; then pass; else complain "the link was replaced"; fi
rmdir real 2>/dev/null; rm -r real
run build main.depot
exits 3; says "error[D0040]: file \`out\` cannot be written"

fresh "a link to the very contents that are to be written"
program main.depot
run build main.depot
mv out/demo.template.json elsewhere
ln -s ../elsewhere out/demo.template.json
run build main.depot
exits 3; says "error[D5001]"; says "it is a symbolic link"
run build main.depot --force
exits 0
if [ -L out/demo.template.json ]; then complain "the link is still there"; else pass; fi
same_bytes elsewhere out/demo.template.json

fresh "a link in the place of what is no longer produced"
program main.depot old
run build main.depot
mv out/old.template.json precious
ln -s ../precious out/old.template.json
program main.depot new
run build main.depot
exits 0; says "warning[D5005]"; there precious; there out/old.template.json

fresh "a link in the place of the folder of what is no longer produced"
program main.depot
run build main.depot --target cdk
mv out/lib precious
ln -s ../precious out/lib
run build main.depot --target cfn
exits 0; there precious/demo-stack.ts; gone out/bin

fresh "a link in the place of the manifest and of temporary files"
program main.depot
mkdir out
echo precious >precious
ln -s ../precious out/.demo.template.json.depotc-new
ln -s ../precious out/..depotc-manifest.json.depotc-new
run build main.depot
exits 0; says_nothing; same precious "$(cat precious)"; same "" "$(leftovers out)"
mv out/.depotc-manifest.json list
ln -s ../list out/.depotc-manifest.json
run build main.depot
exits 3; says "error[D5004]"

fresh "hard links"
program main.depot
run build main.depot
ln out/demo.template.json twin
cp twin before
printf '  output more = 1\n}\n' >end
sed -i '$d' main.depot; cat end >>main.depot
run build main.depot
exits 0; same_bytes twin before
if cmp -s twin out/demo.template.json; then complain "nothing was written"; else pass; fi

fresh "pipes, sockets and devices"
program main.depot
mkdir out
mkfifo out/demo.template.json
run build main.depot
exits 3; says "error[D5001]"; says "it is a named pipe"
run build main.depot --check
exits 1; says "it is a named pipe"
run build main.depot --force
exits 0; holds out/demo.template.json '"Resources"'
if [ "$(id -u)" -eq 0 ] && rm out/demo.template.json && mknod out/demo.template.json c 1 5 2>/dev/null; then
  run build main.depot
  exits 3; says "it is a device"
  rm out/demo.template.json
fi
rm -f out/.depotc-manifest.json
mkfifo out/.depotc-manifest.json
run build main.depot
exits 3; says "error[D5004]"
