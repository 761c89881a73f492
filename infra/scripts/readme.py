"""Prints the README's `sh` blocks as one script, in their order, so that CI can run what the README promises.

    python3 infra/scripts/readme.py | bash -euo pipefail -x
"""
import pathlib
import re

readme = (pathlib.Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
for block in re.findall(r"^```sh\n(.*?)^```", readme, flags=re.MULTILINE | re.DOTALL):
    print(block)
