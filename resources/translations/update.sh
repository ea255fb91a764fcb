#!/usr/bin/env bash
# Takes the texts of the source over into the translation files; new ones are marked unfinished.
# Usage: resources/translations/update.sh BUILD_FOLDER
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
build=$1
lupdate=$(command -v lupdate6 || echo /usr/lib/qt6/bin/lupdate)
texts=$(mktemp -d)
trap 'rm -rf "$texts"' EXIT
"$build/bin/option_texts" > "$texts/option_texts.cpp"
for language in de zh_CN; do
  "$lupdate" -silent -I . -no-obsolete -locations none -source-language en -target-language "$language" \
    app/workbench widgets "$texts/option_texts.cpp" -ts "resources/translations/moequant_$language.ts"
done
