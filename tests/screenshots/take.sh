#!/usr/bin/env bash
# Drives the window on a virtual display and writes a picture of every page, empty and filled, small and large, light and
# dark. Usage: tests/screenshots/take.sh BUILD_FOLDER OUTPUT_FOLDER [WORKER ARGUMENT…]
# Without WORKER the real one is used (BUILD_FOLDER/bin/moequant worker) on the sample model.
# MOEQUANT_LANGUAGE=de or zh_CN shows a translation (what is found by its English name is then not pressed).
set -euo pipefail
build=$1 out=$2
shift 2
mkdir -p "$out"
home=$(mktemp -d)
trap 'kill "$xvfb" 2>/dev/null || true; rm -rf "$home"' EXIT
exec 3<> <(:)
Xvfb -displayfd 3 -screen 0 2048x1200x24 -dpi 96 >/dev/null 2>&1 &
xvfb=$!
read -r display <&3
[ $# -gt 0 ] || set -- "$build/bin/moequant" worker
env -u WAYLAND_DISPLAY DISPLAY=":$display" QT_QPA_PLATFORM=xcb LANG=C.UTF-8 \
  XDG_CONFIG_HOME="$home/config" XDG_DATA_HOME="$home/data" XDG_RUNTIME_DIR="$home" \
  "$build/tests/take_screenshots" "$out" "$@"
