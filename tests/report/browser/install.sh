#!/usr/bin/env bash
# Installs what the tests in a browser need and pip has not: Chromium and fonts with Chinese characters from the
# system's packages, the text layout library of the PDF writer, and Mermaid, which draws the charts of the reports.
set -euo pipefail
cd "$(dirname "$0")"
mermaid=12.3.0

packages=()
command -v chromium >/dev/null || packages+=(chromium)
fc-list 2>/dev/null | grep -qi 'cjk' || packages+=(fontconfig fonts-noto-cjk)
ldconfig -p | grep -q 'libpangoft2-1.0' || packages+=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
command -v npm >/dev/null || packages+=(npm)
if ((${#packages[@]})); then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi

if [[ ! -s mermaid-$mermaid.js ]]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    npm pack --silent "mermaid@$mermaid" --pack-destination "$folder" >/dev/null
    tar -xzf "$folder"/mermaid-*.tgz -C "$folder" package/dist/mermaid.min.js
    mv "$folder/package/dist/mermaid.min.js" "mermaid-$mermaid.js"
fi
