# shellcheck shell=sh
# The output folder: what depotc owns, what it leaves alone.

fresh "an edited file"
program main.depot
run build main.depot
echo '// mine' >>out/demo.template.json
run build main.depot
exits 3; says "error[D5002]: file \`out/demo.template.json\` was edited"; says "--force"
holds out/demo.template.json "// mine"
run build main.depot --force
exits 0; says_nothing
run build main.depot
exits 0

fresh "somebody else's file"
program main.depot
mkdir out; echo mine >out/demo.template.json
run build main.depot
exits 3; says "error[D5001]: file \`out/demo.template.json\` was not written by depotc"
same mine "$(cat out/demo.template.json)"
gone out/.depotc-manifest.json
run build main.depot --force
exits 0; holds out/demo.template.json '"Resources"'

fresh "the same bytes by another hand"
program main.depot
run build main.depot -o first
mkdir out; cp first/demo.template.json out
run build main.depot
exits 0; there out/.depotc-manifest.json

fresh "one edited file keeps all of the output as it was"
program a.depot first; program b.depot second
run build
echo '// mine' >>out/second.template.json
cp out/first.template.json before
printf 'environment first {\n  account: { name: "other", id: aws.accountId }\n}\n' >a.depot
printf 'environment second {\n  account: { name: "other", id: aws.accountId }\n}\n' >b.depot
run build
exits 3
same "$(cat before)" "$(cat out/first.template.json)"
same "" "$(find out -name '*.depotc-new')"

fresh "files that are no longer produced"
program main.depot old
run build main.depot
program main.depot new
touch out/notes.txt
run build main.depot
exits 0; gone out/old.template.json; there out/new.template.json; there out/notes.txt
run build main.depot --target cdk
run build main.depot
gone out/bin; gone out/lib; gone out/package.json

fresh "files that are no longer produced, but edited"
program main.depot old
run build main.depot
echo '// mine' >>out/old.template.json
program main.depot new
run build main.depot
exits 0; says "warning[D5005]: file \`out/old.template.json\`"; there out/old.template.json
run build main.depot
exits 0; says_nothing; there out/old.template.json

fresh "unchanged files stay untouched"
program main.depot
run build main.depot
touch -d '2001-01-01' out/demo.template.json out/.depotc-manifest.json
run build main.depot
same 2001 "$(date -r out/demo.template.json +%Y)"
same 2001 "$(date -r out/.depotc-manifest.json +%Y)"

fresh "the manifest"
program main.depot
run build main.depot
holds out/.depotc-manifest.json "$(sha256sum out/demo.template.json | cut -d' ' -f1)"
echo '{}' >out/.depotc-manifest.json
run build main.depot
exits 3; says "error[D5004]"
run build main.depot --force
exits 0

fresh "a manifest that names files outside"
program main.depot
run build main.depot
echo precious >precious
sum=$(sha256sum precious | cut -d' ' -f1)
printf '{"formatVersion":"1.0","files":{"../precious":"%s","%s/precious":"%s"}}' "$sum" "$PWD" "$sum" \
  >out/.depotc-manifest.json
run build main.depot
exits 0; there precious

fresh "symbolic links in the output folder"
program main.depot
mkdir out elsewhere
ln -s ../elsewhere out/lib
run build main.depot --target cdk
exits 3; says "error[D5003]: \`out/lib\`"
same "" "$(ls elsewhere)"
run build main.depot --target cdk --force
exits 3; same "" "$(ls elsewhere)"

fresh "a symbolic link in the place of a file"
program main.depot
mkdir out; echo precious >precious
ln -s ../precious out/demo.template.json
run build main.depot
exits 3; says "D5001"; same precious "$(cat precious)"
run build main.depot --force
exits 0; same precious "$(cat precious)"; holds out/demo.template.json '"Resources"'

fresh "a folder in the place of a file"
program main.depot
mkdir -p out/demo.template.json
run build main.depot
exits 3; says "D0040"; there out/demo.template.json

fresh "a file in the place of the folder"
program main.depot
echo mine >out
run build main.depot
exits 3; says "error[D0040]: file \`out\` cannot be written"; same mine "$(cat out)"

fresh "an output folder that cannot be made"
program main.depot
run build main.depot -o /proc/depotc/out
exits 3; says "D0040"

fresh "a read-only output folder"
program main.depot
run build main.depot
program main.depot other
chmod 555 out
as_somebody build main.depot
exits 3; says "D0040"; there out/demo.template.json; gone out/other.template.json
chmod 755 out

fresh "a file that may not be read"
program main.depot
chmod 000 main.depot
as_somebody check main.depot
exits 3; says "error[D0002]: file \`main.depot\` cannot be read"
chmod 644 main.depot

fresh "killed while writing"
program main.depot old
run build main.depot
program main.depot demo
# What a killed build leaves: temporary files, and a manifest that allows the old and the new sums.
echo half >out/.demo.template.json.depotc-new
run build main.depot
exits 0; says_nothing; gone out/.demo.template.json.depotc-new; there out/demo.template.json
old=$(sha256sum out/demo.template.json | cut -d' ' -f1)
printf '{"formatVersion":"1.0","files":{"demo.template.json":["%s","%064d"]}}' "$old" 0 >out/.depotc-manifest.json
run build main.depot
exits 0; says_nothing
