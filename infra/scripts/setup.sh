#!/usr/bin/env bash
# Installs what Hone needs from Debian's packages and is not there yet, and what else is named. Prints nothing when all
# is there.
#   infra/scripts/setup.sh [PACKAGE]…
set -euo pipefail

packages=(curl libhiredis-dev libpq-dev libcurl4-openssl-dev zlib1g-dev redis-server postgresql openssl python3 python3-venv procps util-linux "$@")

if ! command -v swift >/dev/null; then
    echo "setup: no Swift toolchain on PATH; Hone needs Swift 6.2 or later (swift.org/install)" >&2
    exit 1
fi
if ! command -v dpkg-query >/dev/null; then
    echo "setup: this is not Debian; install the equivalents of: ${packages[*]}" >&2
    exit 0
fi

missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "setup: need root or sudo to install: ${missing[*]}" >&2; exit 1; }
    as_root=(sudo)
fi
echo "setup: installing ${missing[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
# The packages' own servers are not Hone's: it starts private ones. Where the package has just started them, stop them.
for service in redis-server postgresql; do
    case " ${missing[*]} " in *" $service "*) "${as_root[@]}" service "$service" stop >/dev/null 2>&1 || true ;; esac
done
