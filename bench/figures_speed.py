"""Speed of ``ropewalk figures`` for one place as a whole process, beside pandas giving the same from the LAIT file."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

RUNS = 7
PLACE, NUMBER = "Plymouth", "879"
PANDAS = """
import sys
import pandas as pd
frame = pd.read_csv(sys.argv[1], dtype=str)
part = frame[frame["LA Number"] == sys.argv[2]].copy()
part["value"] = pd.to_numeric(part["Values"], errors="coerce")
print(part.sort_values("Years", ascending=False).to_json(orient="records", lines=True))
"""


def neighbour(name: str) -> ModuleType:
    """Another module of this folder, which is no package."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(data: Path, store: Path) -> None:
    """Measure and print."""
    neighbour("import_speed").compare(
        (f"Ropewalk: every figure of {PLACE}, with its source", f"pandas: the rows of {PLACE} in the LAIT file"),
        [sys.executable, "-m", "ropewalk", "figures", "--place", PLACE, "--format", "json", "--store", str(store)],
        [sys.executable, "-c", PANDAS, str(data / "la" / "lait_la_indicators_long.csv.gz"), NUMBER],
        RUNS,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
