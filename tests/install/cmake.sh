# shellcheck shell=sh disable=SC2154 # the words and variables of run
# depot_compile(), as an installed depotc brings it: projects built with ninja and with make.
# shellcheck disable=SC2154 # the words of tests/install/run

test="CMake"
with_cmake=$work/with-cmake
must "depotc is installed" cmake --install "$build" --prefix "$with_cmake" --component program
for generator in Ninja "Unix Makefiles"; do
  test="CMake with $generator"
  project=$work/cmake-project
  rm -rf "$project"
  mkdir -p "$project"
  cat >"$project/CMakeLists.txt" <<'PROJECT'
cmake_minimum_required(VERSION 3.20)
project(shop LANGUAGES NONE)
find_package(Depotc REQUIRED)
depot_compile(shop SOURCES main.depot TARGETS cfn cdk ARGUMENTS --param mark=m)
PROJECT
  shop "$project"
  must "the project is configured" cmake -S "$project" -B "$project/build" -G "$generator" -DCMAKE_PREFIX_PATH="$with_cmake"
  must "it is built" cmake --build "$project/build"
  check "the output is there" grep -q '"one-m"' "$project/build/shop/cfn/shop.template.json"
  check "both targets are" there "$project/build/shop/cdk/package.json"
  stamp=$(stat -c %y "$project/build/shop.stamp")
  check "it is built again" cmake --build "$project/build"
  check "nothing was to do" same "$(stat -c %y "$project/build/shop.stamp")" "$stamp"
  sleep 0.02 # longer than what the clock of files can tell apart
  printf 'let size = "two"\n' >"$project/parts/size.depot"
  check "an import changes" cmake --build "$project/build"
  check "the output is new" grep -q '"two-m"' "$project/build/shop/cfn/shop.template.json"
  printf 'let size = two\n' >"$project/parts/size.depot"
  check "a mistake fails the build" prints "error[D1101]" cmake --build "$project/build"
done
