# shellcheck shell=sh disable=SC2154,SC2016 # the words and variables of run; programs for other shells
# The npm package, in a repository like those of the AWS CDK, without a network.

export npm_config_cache="$work/npm-cache" npm_config_offline=true npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false
must "the package is made" "$root/compiler/install/npm/pack" "$work/packages" "$archive"
package=$(find "$work/packages" -maxdepth 1 -name '*.tgz')
check "another version is refused" prints "is not of version" "$root/compiler/install/npm/pack" "$work/none" "$archive" depotc-0.0.0-linux-arm64.tar.gz

mkdir -p "$work/shop/bin" "$work/shop/lib" "$work/shop/environments/schemas"
cd "$work/shop" || exit 3
cat >package.json <<'JSON'
{
  "name": "shop",
  "version": "0.1.0",
  "private": true,
  "scripts": { "depot": "depotc build environments -o lib/depot" }
}
JSON
echo '{ "app": "npx ts-node bin/shop.ts" }' >cdk.json
cp -R "$root/examples/minimal/." environments/
must "npm install" npm install --save-dev "$package"
check "npx depotc builds an example" compiles npx depotc
check "a script does" npm run depot
check "with the same output" cmp lib/depot/demo.template.json "$work/expected/demo.template.json"
check "from a folder below" sh -c 'cd environments && npx depotc check'
check "its version is the package's" same "$version" "depotc $(node -p 'require("depotc/package.json").version')"
check "exit codes arrive" sh -c 'npx depotc check "$1"; [ $? -eq 1 ]' check "$work/broken.depot"
check "and those of a wrong command line" sh -c 'npx depotc biuld; [ $? -eq 2 ]'
check "standard input arrives" sh -c 'printf "let  a = 1\n" | npx depotc fmt - | grep -qx "let a = 1"'
npx depotc check "$work/broken.depot" --diagnostics json 2>"$work/report"
page=$(grep -oE '"file://[^"]*/D[0-9]+\.md"' "$work/report" | head -n 1 | tr -d '"')
check "messages link to pages in the package" there "${page#file://}"
case $page in "file://$work/shop/node_modules/depotc/"*) inside=yes ;; *) inside=$page ;; esac
check "and not elsewhere" same yes "$inside"

# A signal to the process that npm started is one to depotc, which waits for its standard input here.
mkfifo pipe
node node_modules/depotc/bin/depotc.js fmt - <pipe >/dev/null 2>&1 &
launcher=$!
exec 9>pipe
tries=0
child=
while [ -z "$child" ] && [ "$tries" -lt 100 ]; do
  child=$(cat "/proc/$launcher/task/$launcher/children" 2>/dev/null)
  tries=$((tries + 1))
  sleep 0.05
done
kill -TERM "$launcher"
wait "$launcher" 2>/dev/null
check "a signal ends both" same "143 gone" "$? $(if [ -n "$child" ] && kill -0 "$child" 2>/dev/null; then echo there; else echo gone; fi)"
check "there was something to end" same yes "${child:+yes}"
exec 9>&-

cp package-lock.json "$work/lock"
rm -rf node_modules
check "npm ci" npm ci
check "leaves the lock file" cmp package-lock.json "$work/lock"
check "npx depotc works after it" compiles npx depotc
platform=$(node -p '`${process.platform}-${process.arch}`')
mv "node_modules/depotc/bin/depotc-$platform" node_modules/depotc/bin/depotc-plan9-mips
check "other platforms are told so" prints "no depotc for $platform" npx depotc --version
check "and which there are" prints "plan9-mips" npx depotc --version
cd "$root" || exit 3
