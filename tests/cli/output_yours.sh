#!/bin/sh
# Files of a CDK project that are the user's as soon as the user edits them.
# shellcheck disable=SC2154,SC2016 # the words of tests/cli/run; texts as they are

fresh "a file that nobody has edited is kept up to date"
program main.depot
run build main.depot --target cdk
exits 0; says_nothing; holds out/README.md 'demo'; holds out/README.md 'Whose files these are'
program main.depot second
run build main.depot --target cdk
exits 0; says_nothing; holds out/README.md '`second` in `lib/second-stack.ts`'

fresh "a file that somebody has edited is theirs"
program main.depot
run build main.depot --target cdk
sed -i 's/"version": "0.1.0"/"version": "7.0.0"/' out/package.json
cp out/package.json mine
run build main.depot --target cdk
exits 0; says_nothing; same_bytes out/package.json mine
run build main.depot --target cdk --force
exits 0; says_nothing; same_bytes out/package.json mine
run build main.depot --target cdk --check
exits 0; says_nothing; same_bytes out/package.json mine

fresh "its owner is told once of what depotc would write there now"
program main.depot
run build main.depot --target cdk
echo 'My project.' >out/README.md
program main.depot second
run build main.depot --target cdk
exits 0
says 'note[D5020]: file `out/README.md` is yours and stays as it is, but depotc would write something else there now'
says '-My project.'
says '+- `second` in `lib/second-stack.ts`'
says "help: take over what you need; to have depotc's own again, delete the file and build"
same 'My project.' "$(cat out/README.md)"
run build main.depot --target cdk
exits 0; says_nothing
run build main.depot --target cdk --deny warnings
exits 0

fresh "a file that was there before depotc came stays"
program main.depot
mkdir out
echo '{ "name": "ours" }' >out/package.json
run build main.depot --target cdk
exits 0; says 'note[D5020]: file `out/package.json` is yours'; says '@stage-tech/depot-cdk'
same '{ "name": "ours" }' "$(cat out/package.json)"
there out/lib/demo-stack.ts
run build main.depot --target cdk
exits 0; says_nothing

fresh "it comes back when it is deleted"
program main.depot
run build main.depot --target cdk
cp out/cdk.json before
echo '{}' >out/cdk.json
run build main.depot --target cdk
same '{}' "$(cat out/cdk.json)"
rm out/cdk.json
run build main.depot --target cdk --check
exits 1; says 'error[D5008]: file `out/cdk.json` of the output is missing'
run build main.depot --target cdk
exits 0; says_nothing; same_bytes out/cdk.json before

fresh "sources stay depotc's"
program main.depot
run build main.depot --target cdk
echo '// mine' >>out/lib/demo-stack.ts
echo '// mine' >>out/test/demo.test.ts
echo '# mine' >>out/README.md
run build main.depot --target cdk
exits 3
says 'error[D5002]: file `out/lib/demo-stack.ts` was edited since depotc wrote it and is left alone'
says 'out/test/demo.test.ts` was edited'
says_not README.md

fresh "links and folders in their places"
program main.depot
run build main.depot --target cdk
echo '{}' >elsewhere
ln -sf ../elsewhere out/tsconfig.json
rm out/.npmrc
mkdir out/.npmrc
run build main.depot --target cdk
exits 3; says 'error[D0040]: file `out/.npmrc` cannot be written'
rmdir out/.npmrc
run build main.depot --target cdk --force
exits 0; same '{}' "$(cat elsewhere)"; same ../elsewhere "$(readlink out/tsconfig.json)"; there out/.npmrc

fresh "a file that is theirs is no longer produced"
program main.depot
run build main.depot --target cdk
echo '# mine' >>out/README.md
run build main.depot --target cfn
exits 0; says 'warning[D5005]: file `out/README.md` is no longer produced, but was edited and stays'
gone out/package.json; there out/README.md
