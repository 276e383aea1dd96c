# shellcheck shell=sh disable=SC2154 # the words and variables of run
# libdepot, with nothing but pkg-config, from a tree that was moved.

mv "$prefix" "$work/moved"
prefix=$work/moved
example=$prefix/share/doc/libdepot-dev/examples/outline.c
# package_config OPTION…
package_config() {
  PKG_CONFIG_PATH=$prefix/lib/pkgconfig pkg-config "$@" libdepot
}

check "its version" same "$("$build/depotc" --version)" "depotc $(package_config --modversion)"
# shellcheck disable=SC2046 # a list of words
for compiler in gcc clang; do
  check "the example compiles with $compiler" "$compiler" -std=c17 -Wall -Wextra -Werror "$example" $(package_config --cflags --libs) -o "$work/outline"
  "$work/outline" "$root/examples/minimal" >"$work/lines"
  check "it compiles an example" same "$(grep -cE '^    "[A-Za-z0-9]+": \{$' "$work/expected/demo.template.json")" "$(grep -c '^  ' "$work/lines")"
  check "with its ids" grep -qE '^  Store[0-9A-F]{8} +Custom::Location$' "$work/lines"
  check "mistakes are told" prints "error[D" "$work/outline" "$work/broken.depot"
  for header in "$prefix"/include/depot/*.h; do
    printf '#include <depot/%s>\n' "$(basename "$header")" >"$work/one.c"
    check "$(basename "$header") stands alone" "$compiler" -std=c17 -Wall -Wextra -Werror -fsyntax-only $(package_config --cflags) "$work/one.c"
  done
done
check "nothing of link-time optimisation is in the archive" none "$(readelf -SW "$prefix/lib/libdepot.a" 2>&1 | grep -F .gnu.lto | head -n 3)"
