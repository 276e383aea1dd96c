# shellcheck shell=sh disable=SC2154,SC2016 # the words and variables of run; programs for other shells
# Manual pages and completions, as man and the shells find them.

for page in "$prefix"/share/man/man1/*.1; do
  check "groff takes $(basename "$page") without a warning" silent groff -Kutf8 -man -ww -z -Tutf8 "$page"
  check "whatis knows $(basename "$page")" lexgrog "$page"
done
for verb in $("$build/depotc" help | sed -n '/^Verbs:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
  check "man finds depotc-$verb" there "$(man -M "$prefix/share/man" -w "depotc-$verb")"
done
for locale in C C.UTF-8; do
  LC_ALL=$locale MANWIDTH=100 man -M "$prefix/share/man" -P cat depotc-build >"$work/page" 2>"$work/said"
  check "man prints a page quietly in $locale" none "$(cat "$work/said")"
done
check "with options that can be pasted" grep -qE -- '-t, --target TARGET' "$work/page"
check "with examples as they stand" grep -qE '^ +depotc build --stage prod$' "$work/page"
check "with exit codes" prints "70 an internal error" man -M "$prefix/share/man" -P cat depotc

# No file here is called so, which would complete too.
check "bash completes verbs" prints "explain" env XDG_DATA_DIRS="$prefix/share" bash --norc -c '
  . /usr/share/bash-completion/bash_completion
  _completion_loader depotc
  COMP_WORDS=(depotc expl) COMP_CWORD=1
  "$(complete -p depotc | sed "s/.*-F \([^ ]*\) .*/\1/")"
  echo "${COMPREPLY[@]}"'
check "zsh finds its completion" prints "_depotc" zsh -f -c '
  fpath=("$1" $fpath) && autoload -Uz compinit && compinit -u -d "$2" && echo "$_comps[depotc]"' \
  zsh "$prefix/share/zsh/site-functions" "$work/zcompdump"
check "zsh reads it" silent zsh -f -n "$prefix/share/zsh/site-functions/_depotc"
# in_zsh COMMAND-LINE: what is on the screen of a zsh where that was typed, and the tabulator twice.
in_zsh() {
  timeout 30 zsh -f -c '
    zmodload zsh/zpty && zpty terminal zsh -f -i
    zpty -w terminal "fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -D; bindkey \"^I\" complete-word; print rea\"\"dy"
    repeat 200 { sleep 0.05; zpty -r terminal line "*ready*" && break }
    zpty -w -n terminal "$2"$'"'\\t\\t'"'
    sleep 1
    while zpty -r -t terminal line; do print -rn -- "$line"; done
    zpty -d terminal' zsh "$prefix/share/zsh/site-functions" "$1"
}
check "zsh completes verbs" prints "depotc explain" in_zsh "depotc expl"
check "options" prints "--target" in_zsh "depotc build --targ"
check "and values" prints "cdk  cfn" in_zsh "depotc build --target c"
# fish asks for the completion of programs that there are.
# in_fish COMMAND-LINE: what fish offers at its end.
in_fish() {
  env HOME="$work" PATH="$prefix/bin:$PATH" XDG_DATA_DIRS="$prefix/share:/usr/share" fish -c 'complete -C "$argv"' "$1"
}
check "fish reads it" silent env HOME="$work" fish "$prefix/share/fish/vendor_completions.d/depotc.fish"
check "fish completes verbs" prints "explain" in_fish "depotc expl"
check "options" prints "--target" in_fish "depotc build --tar"
check "values" prints "cfn" in_fish "depotc build --target "
check "files" prints "README.md" in_fish "depotc check READ"
check "and folders" prints "examples/" in_fish "depotc build -o exam"
