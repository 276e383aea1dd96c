# shellcheck shell=sh disable=SC2154 # the words and variables of run
# depot_compile() of Bazel, as an installed depotc brings it. Bazel is that of npm, where it is version 2.1.

test="Bazel"
with_bazel=$work/with-bazel
workspace=$work/bazel-workspace
bazel() {
  (cd "$workspace" && "$work/bazel-npm/node_modules/@bazel/bazel-linux_x64/bazel-2.1.0-linux-x86_64" \
    --output_user_root="$work/bazel-root" --max_idle_secs=60 "$@")
}
if [ "$(uname -m)" != x86_64 ]; then
  echo "Bazel is not tested: npm has it for x86_64 alone"
else
  must "depotc is installed" cmake --install "$build" --prefix "$with_bazel" --component program
  must "Bazel is installed" npm install --prefix "$work/bazel-npm" --no-save --no-audit --no-fund --loglevel=error \
    @bazel/bazel-linux_x64@2.1.0
  mkdir -p "$workspace"
  cat >"$workspace/WORKSPACE" <<WORKSPACE
new_local_repository(
    name = "depotc",
    path = "$with_bazel",
    build_file = "$with_bazel/share/depotc/bazel/depotc.BUILD",
)
WORKSPACE
  cat >"$workspace/BUILD" <<'BUILD'
load("@depotc//:share/depotc/bazel/depot.bzl", "depot_compile")

depot_compile(
    name = "shop",
    srcs = glob(["parts/*.depot", "schemas/*.yaml"]),
    arguments = ["--param", "mark=m"],
    depotc = "@depotc//:bin/depotc",
    programs = ["main.depot"],
    targets = ["cfn", "cdk"],
)

depot_compile(
    name = "whole",
    srcs = glob(["*.depot", "parts/*.depot", "schemas/*.yaml"]),
    depotc = "@depotc//:bin/depotc",
    project = "depot.project",
)
BUILD
  shop "$workspace"
  printf 'targets: { cfn: "templates" }\nparams: { mark: "p" }\n' >"$workspace/depot.project"
  must "all is built" bazel build //...
  check "a program" grep -q '"one-m"' "$workspace/bazel-bin/shop/cfn/shop.template.json"
  check "both targets" there "$workspace/bazel-bin/shop/cdk/package.json"
  check "a project" grep -q '"one-p"' "$workspace/bazel-bin/whole/shop.template.json"
  check "nothing is to be done" prints "INFO: 0 processes." bazel build //...
  printf 'let size = "two"\n' >"$workspace/parts/size.depot"
  check "an import changes" bazel build //...
  check "the output is new" grep -q '"two-m"' "$workspace/bazel-bin/shop/cfn/shop.template.json"
  sed -i 's/"parts\/\*.depot", //' "$workspace/BUILD"
  check "what is not named is not there" prints "error[D0001]" bazel build //:shop
  bazel shutdown >/dev/null 2>&1
fi
