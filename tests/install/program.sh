# shellcheck shell=sh disable=SC2154,SC2016 # the words and variables of run; programs for other shells
# cmake --install, and the archive of cpack.

must "the build compiles" "$build/depotc" build "$root/examples/minimal" -o "$work/expected"

prefix=$work/prefix
must "cmake --install" cmake --install "$build" --prefix "$prefix"
check "everything is there" tree "$prefix"
check "nothing goes elsewhere" same "bin include lib share" "$(cd "$prefix" && echo ./* | sed 's|\./||g')"
check "an example is built" compiles "$prefix/bin/depotc"
check "messages link to their pages" links "$prefix"
check "no explanation links to a page that is not there" none "$(cd "$prefix/share/doc/depotc/diagnostics" &&
  grep -oE '\]\([^)#]+' D*.md | grep -v 'http' | sed 's/:\](/ /' | while read -r page link; do
  [ -e "$link" ] || echo "$page: $link"
done)"

check "the program names no folder of this machine" none "$(grep -aoF "$root" "$prefix/bin/depotc" | sort -u)"
check "before it is installed, messages link to the source tree" prints "$root/docs/diagnostics/D" \
  "$build/depotc" check "$work/broken.depot" --diagnostics json

must "cmake --install with DESTDIR" env DESTDIR="$work/destination" cmake --install "$build"
installed=$(sed -n 's/^CMAKE_INSTALL_PREFIX:PATH=//p' "$build/CMakeCache.txt")
check "an example is built below DESTDIR" compiles "$work/destination$installed/bin/depotc"
check "one component alone" cmake --install "$build" --prefix "$work/program" --component program
check "it is the program" same "bin share" "$(cd "$work/program" && echo ./* | sed 's|\./||g')"

# Static but for libc: libm is a part of it. cJSON is shared only where its archive could not be made.
needed=$(readelf -d "$prefix/bin/depotc" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | grep -vE '^(libc|libm|ld-linux.*)\.so')
if grep -q '^CJSON_ARCHIVE:FILEPATH=/' "$build/CMakeCache.txt"; then
  check "the program needs nothing but libc" none "$needed"
else
  check "the program needs nothing but libc and cJSON" same libcjson.so.1 "$needed"
fi
check "no libc newer than 2.34" same GLIBC_2.34 \
  "$({ readelf -V "$prefix/bin/depotc" | grep -oE 'GLIBC_[0-9.]+' && echo GLIBC_2.34; } | sort -V | tail -n 1)"

must "cpack -G TGZ" sh -c 'cd "$1" && cpack -G TGZ -B "$2"' cpack "$build" "$work/packages"
archive=$(find "$work/packages" -maxdepth 1 -name 'depotc-*.tar.gz')
mkdir "$work/unpacked"
must "the archive is one folder" tar -xzf "$archive" -C "$work/unpacked" --strip-components=1
check "everything is in the archive" tree "$work/unpacked"
mkdir "$work/elsewhere"
mv "$work/unpacked" "$work/elsewhere/a folder"
check "an example is built from an archive that was moved" compiles "$work/elsewhere/a folder/bin/depotc"
