# shellcheck shell=bash disable=SC2154
# Sourced by ./workbench test --full: what takes too long for every change. Uses its functions and $root.

run_full_checks() {
  check_tidy
  check_portable
  check_sanitizers "$@"
}

# clang-tidy on all of core, app and widgets; a warning fails the build.
check_tidy() {
  run_build tidy
}

# The command against a vendored prefix alone: it must run, and load nothing that only this machine's packages have.
check_portable() {
  local program=$root/build/portable/bin/moequant packaged
  run_build portable
  "$program" inspect sample >&2
  packaged=$(ldd "$program" | grep -E 'lib(Qt|spdlog|fmt|icu|pcre2|curl|zip)' || true)
  [ -z "$packaged" ] || fail "the portable program loads $packaged"
}

# All tests under the address and undefined-behaviour sanitizers. Leaks are not looked for: Qt's plugins and
# fontconfig keep what they allocate until the process ends.
check_sanitizers() {
  # shellcheck disable=SC2046,SC2086
  need $base_packages $(torch_packages) $fetch_packages $gui_packages $test_packages
  need_torch
  configure asan
  build asan
  ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1 \
    ctest --test-dir "$root/build/asan" --output-on-failure --timeout 1800 "$@"
}
