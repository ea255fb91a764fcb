#!/usr/bin/env bash
# vendor.sh DIR: the headers and libraries that the portable preset needs besides libtorch, out of this machine's
# Debian packages. Libraries are static archives and spdlog/fmt are headers alone, so a program built against the
# prefix needs nothing of it at run time and the prefix may lie anywhere.
set -euo pipefail
root=$(dirname "$(dirname "$(readlink -f "$0")")")
headers=/usr/include
packages="nlohmann-json3-dev libcli11-dev libspdlog-dev libfmt-dev libpcre2-dev libicu-dev zlib1g-dev"
archives="pcre2-8 icuuc icudata z"

fail() {
  printf 'vendor: %s\n' "$*" >&2
  exit 2
}

[ $# = 1 ] || fail "usage: vendor.sh DIR"
target=$1
if [ -e "$target" ] && [ ! -e "$target/PACKAGES" ] && [ -n "$(ls -A "$target")" ]; then
  fail "$target holds something else"
fi
# The versions decide the content: a prefix made from the same ones, by the same script, for the same includes, stays.
icu_includes=$(grep -rhoE '#include <unicode/[a-z0-9_]+\.h>' "$root/core" "$root/app/command" | sort -u)
# shellcheck disable=SC2086
manifest=$(
  dpkg-query -W -f='${Package} ${Version}\n' $packages
  printf '%s\n' "$icu_includes" "made by $(sha256sum <"$0" | cut -c1-16)"
)
if [ "$(cat "$target/PACKAGES" 2>/dev/null)" = "$manifest" ]; then exit 0; fi

mkdir -p "$(dirname "$target")"
partial=$target.partial
rm -rf "$partial"
mkdir -p "$partial/include" "$partial/lib" "$partial/share/cmake" "$partial/share/licenses"

for folder in nlohmann CLI spdlog fmt; do
  [ -d "$headers/$folder" ] || fail "$headers/$folder is missing"
  cp -rL "$headers/$folder" "$partial/include/"
done
rm -rf "$partial/include/spdlog/fmt/bundled"
cp -L "$headers/zlib.h" "$(printf '#include <zconf.h>' | g++ -E -x c++ - | sed -n 's/^# 1 "\(.*zconf\.h\)".*/\1/p' | head -1)" \
  "$headers/pcre2.h" "$partial/include/"

# ICU's headers are 5 MB; what our sources include, and what that includes, is a third.
mkdir "$partial/include/unicode"
printf '%s\n' "$icu_includes" | g++ -std=c++20 -M -x c++ - | grep -oE '[^ ]+/unicode/[a-z0-9_]+\.h' | sort -u |
  xargs -I{} cp -L {} "$partial/include/unicode/"

for name in $archives; do
  archive=$(g++ -print-file-name="lib$name.a")
  [ -e "$archive" ] || fail "lib$name.a is missing"
  cp -L "$archive" "$partial/lib/"
  strip --strip-debug "$partial/lib/lib$name.a"
done

cp -rL "$(dpkg -L nlohmann-json3-dev | grep '/cmake/nlohmann_json$')" "$partial/share/cmake/"
for package in $packages; do
  cp -L "/usr/share/doc/$package/copyright" "$partial/share/licenses/$package"
done
printf '%s\n' "$manifest" >"$partial/PACKAGES"

size=$(du -sm --apparent-size "$partial" | cut -f1)
[ "$size" -le 40 ] || fail "the prefix takes $size MiB, more than 40"
rm -rf "$target"
mv "$partial" "$target"
printf 'vendor: %s, %s MiB; build with: cmake --preset portable -DMOEQUANT_PORTABLE_PREFIX=DIR -DTorch_DIR=…\n' \
  "$target" "$size"
