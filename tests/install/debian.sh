# shellcheck shell=sh disable=SC2154,SC2016 # the words and variables of run; programs for other shells
# The packages for Debian, unpacked and installed by dpkg.

must "cpack -G DEB" sh -c 'cd "$1" && cpack -G DEB -B "$2"' cpack "$build" "$work/packages"
debian=$(find "$work/packages" -maxdepth 1 -name 'depotc_*.deb')
development=$(find "$work/packages" -maxdepth 1 -name 'libdepot-dev_*.deb')
version=$("$build/depotc" --version)
check "its version" same "depotc $(dpkg-deb -f "$debian" Version)" "$version"
check "what it depends on" prints "libc6 (>= " dpkg-deb -f "$debian" Depends
mkdir "$work/extracted"
must "dpkg-deb -x" dpkg-deb -x "$debian" "$work/extracted"
check "everything is in the package" tree "$work/extracted/usr"
check "zsh's completion is where Debian's zsh looks" there "$work/extracted/usr/share/zsh/vendor-completions/_depotc"
check "an example is built" compiles "$work/extracted/usr/bin/depotc"
check "messages link to their pages" links "$work/extracted/usr"

# in_root OPTION…: dpkg in an empty root, where what the packages need is not.
in_root() {
  mkdir -p "$work/system/var/lib/dpkg/updates" "$work/system/var/lib/dpkg/info"
  touch "$work/system/var/lib/dpkg/status" "$work/system/var/lib/dpkg/available"
  dpkg --root="$work/system" --log=/dev/null --force-depends --force-not-root --force-bad-path "$@"
}
check "dpkg installs both" in_root -i "$debian" "$development"
check "an example is built in the root" compiles "$work/system/usr/bin/depotc"
check "the library is there" there "$work/system/usr/include/depot/compilation.h"
check "dpkg removes both" in_root -P depotc libdepot-dev
check "and leaves nothing" none "$(find "$work/system/usr" -type f 2>/dev/null)"
