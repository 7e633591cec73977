"""Write requirements/*.txt: every package, pinned, with the hashes of its files and no address of any registry.

python3 scripts/lock.py            keep the versions that still fit
python3 scripts/lock.py --upgrade  take the newest that fit
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Each file holds all it needs. The later ones agree with run.txt, so what is tested is what runs.
GROUPS = {"run": ["front-end"], "check": ["front-end", "check"], "bench": ["front-end", "bench"]}


def compile_command(uv: str, name: str, groups: list[str], extra: list[str]) -> list[str]:
    """The uv command that resolves one file."""
    options = ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-header", "--quiet"]
    target = ["--universal", "--python-version", "3.11"]
    named = [part for group in groups for part in ("--group", group)]
    same_as_run = [] if name == "run" else ["--constraints", "requirements/run.txt"]
    output = ["--output-file", f"requirements/{name}.txt"]
    return [uv, "pip", "compile", "pyproject.toml", *options, *target, *named, *same_as_run, *output, *extra]


def main(arguments: list[str]) -> int:
    """Resolve all files; 1 when uv is missing or cannot, or when an address got into a file."""
    uv = shutil.which("uv")
    if uv is None:
        print("Locking needs uv: install it (for instance `pip install uv`) and try again.", file=sys.stderr)
        return 1
    for name, groups in GROUPS.items():
        print(f"requirements/{name}.txt", file=sys.stderr)
        if subprocess.run(compile_command(uv, name, groups, arguments), cwd=ROOT, check=False).returncode != 0:
            return 1
        if "://" in (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8"):
            print(f"requirements/{name}.txt holds an address; it must not.", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
