#!/usr/bin/env bash
# The rules of docs/architecture.md that a compiler does not check. Usage: tests/house_rules.sh [ROOT]
# Prints every violation as FILE:LINE: rule, and exits 1 when there is one.
set -euo pipefail
cd "${1:-$(dirname "$0")/..}"
found=0

# report RULE: prefixes each line of stdin with the rule; nothing on stdin is no violation.
report() {
  local line
  while IFS= read -r line; do
    printf '%s  [%s]\n' "$line" "$1"
    found=1
  done
}

# files REGEX: the project's files whose path matches, one a line (not what git ignores).
list=$(if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
  git ls-files --cached --others --exclude-standard
else
  find . -path ./build -prune -o -path ./.git -prune -o -type f -printf '%P\n'
fi)
files() {
  printf '%s\n' "$list" | grep -E "$1" | while IFS= read -r f; do if [ -f "$f" ]; then printf '%s\n' "$f"; fi; done
}

# search FILES-REGEX PATTERN: FILE:LINE:text of every hit.
search() {
  files "$1" | tr '\n' '\0' | xargs -0 -r grep -nHIE -e "$2" || true
}

include='^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"]'
code='\.(cpp|h|cu|cuh)$'

report 'core and the command know no Qt' \
  < <(search "^(core|app/command)/.*$code" "${include}(Q[A-Z]|Qt)")
report 'no libtorch here' \
  < <(search "^(core/job|widgets|app/workbench)/.*$code" "${include}(torch|ATen|c10)/")
report 'QCustomPlot only in widgets' \
  < <(search "^(core|app)/.*$code" "${include}.*qcustomplot\\.h")
report 'the workbench uses job and widgets alone' \
  < <(search "^app/workbench/.*$code" "${include}core/" | grep -vE "${include#^}core/job/" || true)
report 'widgets use Qt and QCustomPlot alone' \
  < <(search "^widgets/.*$code" "${include}(core|app)/|nlohmann")
report 'core includes upwards' \
  < <(search "^core/.*$code" "${include}(app|widgets|tests)/")

# Between rooms: each may include those declared before it in core/CMakeLists.txt.
# shellcheck disable=SC2016
report 'a room includes one above it' < <(
  files "^core/[^/]+/.*$code" | tr '\n' '\0' | xargs -0 -r awk '
    BEGIN {
      while ((getline line < "core/CMakeLists.txt") > 0)
        if (match(line, /^add_subdirectory\([a-z_]+\)/)) order[substr(line, 18, RLENGTH - 18)] = ++rooms
    }
    FNR == 1 {
      split(FILENAME, part, "/")
      room = part[2]
      if (!(room in order) && !(room in told)) { print FILENAME ":1: " room " is no room of core/CMakeLists.txt"; told[room] }
    }
    match($0, /^[ \t]*#[ \t]*include[ \t]*"core\/[a-z_]+\//) {
      other = substr($0, RSTART, RLENGTH - 1)
      sub(/.*\//, "", other)
      if (order[other] > order[room]) print FILENAME ":" FNR ": " $0
    }')

# Length: 400 lines; up to 500 where the first comment says why with the words "over 400 lines".
report 'too long' < <(
  files '(\.(cpp|h|cu|cuh|py|sh|cmake)|CMakeLists\.txt|^workbench)$' | while IFS= read -r f; do
    lines=$(wc -l <"$f")
    if [ "$lines" -gt 500 ]; then
      echo "$f:$lines: over 500 lines"
    elif [ "$lines" -gt 400 ] && ! head -n 12 "$f" | grep -qi 'over 400 lines'; then
      echo "$f:$lines: over 400 lines, and its first comment gives no reason"
    fi
  done)

# A path of one machine: home folders and the like, not preceded by a name (as in a URL).
report 'a path of one machine' \
  < <(search . '(^|[^A-Za-z0-9._$}-])/(work|root|home)/[A-Za-z.]' | grep -v '^tests/data/' || true)

report 'a test that checks nothing' < <(
  files '^tests/.*/tst_[a-z0-9_]+\.cpp$' | while IFS= read -r f; do
    if ! grep -qE 'Q(VERIFY|COMPARE|TRY_VERIFY|TRY_COMPARE|VERIFY_THROWS|VERIFY_EXCEPTION)[A-Z_0-9]*\(' "$f"; then
      echo "$f:1: no QVERIFY, no QCOMPARE"
    fi
  done)

exit "$found"
