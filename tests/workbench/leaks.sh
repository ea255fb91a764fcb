#!/usr/bin/env bash
# Runs a program under LeakSanitizer's own allocator: leaks.sh LIBLSAN PROGRAM. Skipped (77) where the sanitizer
# cannot stop threads, as in some containers.
set -euo pipefail
library=$1
shift
LD_PRELOAD=$library true 2>/dev/null || exit 77
suppressions=$(mktemp)
trap 'rm -f "$suppressions"' EXIT
# What the system's libraries keep until the end.
printf 'leak:lib%s\n' fontconfig glib dbus > "$suppressions"
LSAN_OPTIONS="suppressions=$suppressions:print_suppressions=0" LD_PRELOAD=$library "$@"
