"""Attendance by hand with Polars; the folder of tables is the only argument."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl
from marks_sql import ATTRIBUTES, KINDS, PERIODS

folder = Path(sys.argv[1])
table = {name: pl.scan_parquet(folder / name / "*.parquet") for name in ("mark", "code", "roll", "week", "school")}
table["roll"] = table["roll"].with_columns(pl.col(*ATTRIBUTES).cast(pl.Categorical))
sums = [pl.col(kind).sum() for kind in ("possible", *KINDS)]
pupil_week = (
    table["mark"]
    .join(table["code"], on="code")
    .group_by("school", "child", pl.col("day").dt.truncate("1w").alias("week"))
    .agg(pl.len().alias("possible"), *(pl.col(kind).cast(pl.Int64).sum() for kind in KINDS))
    .collect(engine="streaming")
)
wide = (
    pupil_week.lazy()
    .join(table["week"], on="week")
    .join(table["roll"], on=["school", "child", "year"], how="left")
    .collect(engine="streaming")
)
schools = table["school"].select("school", "place", "phase").collect()
cells = 0
for period in ("week", *PERIODS):
    for attribute in (None, *ATTRIBUTES):
        keys = ["school", period, *([attribute] if attribute else [])]
        of_schools = wide.group_by(keys).agg(sums)
        beside = of_schools.join(schools, on="school").group_by("place", "phase", *keys[1:]).agg(sums)
        cells += len(of_schools) + len(beside) + len(beside.group_by("place", *keys[1:]).agg(sums))
missed = pl.col("authorised") + pl.col("unauthorised")
persistent = 0
for period in PERIODS:
    pupils = (
        wide.group_by("school", "child", period, *ATTRIBUTES)
        .agg(pl.col("possible").sum(), missed.sum().alias("missed"))
        .filter(pl.col("possible") > 0)
        .with_columns(
            (pl.col("missed") * 10 >= pl.col("possible")).alias("persistent"),
            (pl.col("missed") * 2 >= pl.col("possible")).alias("severe"),
        )
    )
    for attribute in (None, *ATTRIBUTES):
        keys = ["school", period, *([attribute] if attribute else [])]
        cells += len(pupils.group_by(keys).agg(pl.len(), pl.col("persistent").sum(), pl.col("severe").sum()))
    persistent = pupils["persistent"].sum()
print(pupil_week.select(missed.sum()).item(), persistent)
