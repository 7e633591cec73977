"""Attendance by hand with pandas; the folder of tables is the only argument."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
from marks_sql import ATTRIBUTES, KINDS, PERIODS

folder = Path(sys.argv[1])
table = {name: pd.read_parquet(folder / name) for name in ("code", "roll", "week", "school")}
table["roll"] = table["roll"].astype(dict.fromkeys(ATTRIBUTES, "category"))
mark = pd.read_parquet(folder / "mark", columns=["school", "child", "day", "code"])
mark = mark[mark["code"].isin(table["code"]["code"])]
mark["week"] = pd.to_datetime(mark["day"]).dt.to_period("W-SUN").dt.start_time
mark["possible"] = 1
for kind in KINDS:
    of_kind = table["code"].loc[table["code"][kind] == 1, "code"]
    mark[kind] = mark["code"].isin(of_kind)
numbers = ["possible", *KINDS]
pupil_week = mark.groupby(["school", "child", "week"], sort=False, observed=True)[numbers].sum().reset_index()
del mark
week = table["week"].assign(week=pd.to_datetime(table["week"]["week"]))
wide = pupil_week.merge(week, on="week").merge(table["roll"], on=["school", "child", "year"], how="left")
schools = table["school"][["school", "place", "phase"]]
cells = 0
for period in ("week", *PERIODS):
    for attribute in (None, *ATTRIBUTES):
        keys = ["school", period, *([attribute] if attribute else [])]
        of_schools = wide.groupby(keys, sort=False, observed=True)[numbers].sum().reset_index()
        merged = of_schools.merge(schools, on="school")
        beside = merged.groupby(["place", "phase", *keys[1:]], sort=False, observed=True)[numbers].sum().reset_index()
        of_place = beside.groupby(["place", *keys[1:]], sort=False, observed=True)[numbers].sum()
        cells += len(of_schools) + len(beside) + len(of_place)
persistent = 0
wide["missed"] = wide["authorised"] + wide["unauthorised"]
for period in PERIODS:
    pupils = (
        wide.groupby(["school", "child", period], sort=False, observed=True)[["possible", "missed"]].sum().reset_index()
    )
    pupils = pupils[pupils["possible"] > 0]
    pupils["persistent"] = pupils["missed"] * 10 >= pupils["possible"]
    pupils["severe"] = pupils["missed"] * 2 >= pupils["possible"]
    first = wide.drop_duplicates(["school", "child", period])[["school", "child", period, *ATTRIBUTES]]
    pupils = pupils.merge(first, on=["school", "child", period])
    for attribute in (None, *ATTRIBUTES):
        keys = ["school", period, *([attribute] if attribute else [])]
        counted = pupils.groupby(keys, sort=False, observed=True)[["persistent", "severe"]].agg(["sum", "count"])
        cells += len(counted)
    persistent = int(pupils["persistent"].sum())
print(int(wide["missed"].sum()), persistent)
