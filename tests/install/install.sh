#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds and installs as a packager would, and uses what was installed: the command from
# elsewhere, its manual pages and completions, the library through pkg-config.
# Usage: install.sh SOURCES
set -eu
sources=$1
here=$sources/tests/install
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
prefix=$folder/prefix
unset PLENARY_DATA DESTDIR
fail() { echo "install: $*"; exit 1; }

# ---- Into a prefix, and the same files below a DESTDIR ----
{ meson setup "$folder/build" "$sources" --prefix "$prefix" --libdir lib --buildtype release \
    -Dauto_features=disabled
  meson install -C "$folder/build"
  meson install -C "$folder/build" --destdir "$folder/stage"
} >"$folder/log" 2>&1 || { cat "$folder/log"; fail "meson failed"; }
(cd "$prefix" && find . -type f -o -type l | sort) >"$folder/there"
(cd "$folder/stage$prefix" && find . -type f -o -type l | sort) >"$folder/staged"
diff "$folder/there" "$folder/staged" || fail "DESTDIR differs from the prefix"
[ -z "$(find "$folder/stage" -path "$folder/stage$prefix" -prune -o -type f -print)" ] ||
  fail "files outside of the prefix"

# ---- The command, from elsewhere ----
export PATH="$prefix/bin:$PATH" LC_ALL=C.UTF-8
cd "$folder"
[ "$(command -v plenary)" = "$prefix/bin/plenary" ] || fail "not the installed command"
plenary replay "$prefix/share/plenary/scenarios/res-74-247" | grep '^ADOPTED  79 yes' || fail "no replay"
plenary replay --format json -o vote.json "$prefix/share/plenary/scenarios/res-74-247"
plenary verify vote.json || fail "the installed scenarios were not found"
plenary check --quiet "$prefix"/share/plenary/scenarios/*/ || fail "a shipped scenario has a fault"

# ---- A manual page for the program and for each command ----
commands=$(plenary help | sed -n '/^Commands/,/^$/s/^  \([a-z-]*\) .*/\1/p')
[ -n "$commands" ] || fail "plenary help lists no command"
for page in plenary $(printf 'plenary-%s ' $commands); do
  file=$prefix/share/man/man1/$page.1
  [ -s "$file" ] || fail "$page has no manual page"
  # A page has no date: nothing here reads the clock.
  { mandoc -T lint -W warning "$file" | grep -v 'missing date' || true; } | tee warnings
  [ ! -s warnings ] || fail "$page: mandoc warns"
  MANWIDTH=80 man --warnings --encoding=UTF-8 --local-file --troff-device=utf8 --ditroff "$file" \
    2>&1 >/dev/null | tee warnings
  [ ! -s warnings ] || fail "$page: man warns"
  MANPATH=$prefix/share/man MANWIDTH=80 man "$page" | grep -qi '^NAME' || fail "$page: man does not find it"
done
[ "$(find "$prefix/share/man" -type f | wc -l)" -eq $(($(echo "$commands" | wc -l) + 1)) ] ||
  fail "a manual page without a command"

# ---- Completions ----
bash=$prefix/share/bash-completion/completions/plenary
bash -n "$bash" || fail "bash cannot read its completion"
zsh -n "$prefix/share/zsh/site-functions/_plenary" || fail "zsh cannot read its completion"
fish -n "$prefix/share/fish/vendor_completions.d/plenary.fish" || fail "fish cannot read its completion"
# What bash offers for the words of "$@", the last being typed.
offers() {
  bash -c '. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _plenary; echo "${COMPREPLY[*]}"' "$bash" "$@"
}
expect() {
  wanted=$1; shift
  [ "$(offers "$@")" = "$wanted" ] || fail "bash offers \"$(offers "$@")\" for $*; expected \"$wanted\""
}
expect "replay" plenary repl
expect "--format" plenary replay --for
expect "json" plenary replay --format j
expect "vote.json" plenary verify vote.j
[ "$(offers plenary '' | wc -w)" -eq "$(echo "$commands" | wc -l)" ] || fail "bash does not offer each command"
fish -c "source $prefix/share/fish/vendor_completions.d/plenary.fish; complete -C 'plenary replay --form'" |
  grep -q '^--format' || fail "fish offers no --format"
zsh -f -c "fpath=($prefix/share/zsh/site-functions \$fpath); autoload -U compinit; compinit -D -u;
           [[ \${_comps[plenary]} == _plenary ]]" || fail "zsh does not know whom to ask"

# ---- The library ----
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"
pkg-config --exists --print-errors plenary
[ "$(pkg-config --modversion plenary)" = "$(plenary --version | cut -d' ' -f2)" ] || fail "another version"
[ -f "$(pkg-config --variable=data plenary)/members.csv" ] || fail "the variable data names no tables"
soname=$(objdump -p "$prefix/lib/libplenary.so" | awk '$1 == "SONAME" { print $2 }')
[ "$soname" = libplenary.so.0 ] && [ -e "$prefix/lib/$soname" ] || fail "the soname is \"$soname\""
for header in "$prefix"/include/plenary/*.h; do # each is whole by itself
  printf '#include <plenary/%s>\ntypedef int Whole;\n' "${header##*/}" >one.c
  gcc -std=c11 -Wall -Wextra -Wpedantic -Werror -fsyntax-only $(pkg-config --cflags plenary) one.c ||
    fail "${header##*/} cannot be included by itself"
done
scenario=$prefix/share/plenary/scenarios/res-74-247
gcc -std=c11 -Wall -Wextra -Werror -o shared "$here/ten_lines.c" $(pkg-config --cflags --libs plenary) \
  -Wl,-rpath,"$prefix/lib" || fail "ten lines do not compile"
objdump -p shared | grep -q "NEEDED.*$soname" || fail "the shared library was not linked"
[ "$(./shared "$scenario")" = adopted ] || fail "ten lines, shared: $(./shared "$scenario")"
gcc -std=c11 -static -o static "$here/ten_lines.c" $(pkg-config --static --cflags --libs plenary) \
  2>warnings || { cat warnings; fail "ten lines do not link statically"; }
[ "$(./static "$scenario")" = adopted ] || fail "ten lines, static: $(./static "$scenario")"

echo "$(wc -l <"$folder/there") files installed; command, pages, completions and library work"
