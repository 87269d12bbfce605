#!/usr/bin/env bash
# Installs what the tests in a browser need and pip has not: Chromium and fonts with Chinese characters from the
# system's packages, the text layout library of the PDF writer, and Mermaid, which draws the charts of the reports.
# A bare Debian also lacks some of what the tests call: ps, a Python that makes environments, certificates.
set -euo pipefail
cd "$(dirname "$0")"
PATH=$PATH:/usr/sbin:/sbin # ldconfig is there

# The only place that names Mermaid's version (chromium.py reads it here), with the SHA-512 of npm's package.
mermaid=12.3.0
checksum=e35d774dd5de2c0b0caee27bf4ea452f93bcf8b4c55e142a676eb4ac5ded8149\
a2340b519b852e99ed3823eeb93d137ac99ebd2787fcad56165bccd193ae5463

# No `| grep -q`: it stops reading at the first hit, and what it stopped reading from would end with an error.
fonts=$(fc-list 2>/dev/null || true)
libraries=$(ldconfig -p 2>/dev/null || true)
packages=()
command -v chromium >/dev/null || packages+=(chromium)
[[ ${fonts,,} == *cjk* ]] || packages+=(fontconfig fonts-noto-cjk)
[[ $libraries == *libpangoft2-1.0* ]] || packages+=(libpango-1.0-0 libpangoft2-1.0-0)
[[ $libraries == *libharfbuzz-subset* ]] || packages+=(libharfbuzz-subset0)
command -v npm >/dev/null || packages+=(npm)
command -v ps >/dev/null || packages+=(procps)
python3 -c 'import ensurepip' 2>/dev/null || packages+=(python3-venv)
[[ -s /etc/ssl/certs/ca-certificates.crt ]] || packages+=(ca-certificates)
if ((${#packages[@]})); then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi

if [[ ! -s mermaid-$mermaid.js ]]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    npm pack --silent "mermaid@$mermaid" --pack-destination "$folder" >/dev/null
    package=$folder/mermaid-$mermaid.tgz
    if ! sha512sum --check --status <<<"$checksum  $package"; then
        echo "npm's mermaid $mermaid is not the package whose checksum is in ${BASH_SOURCE[0]##*/}" >&2
        exit 1
    fi
    tar -xzf "$package" -C "$folder" package/dist/mermaid.min.js
    mv "$folder/package/dist/mermaid.min.js" "mermaid-$mermaid.js"
fi
