"""Places that do not exist, for demonstrations without data. Their codes start with X, which the ONS never uses."""

from __future__ import annotations

from ropewalk.core.schema.councils import Council

MADE_UP_COUNTRY = "X92000001"
MADE_UP_REGION = "X12000001"
_NAMES = (
    "Harbourmouth",
    "Northmoor",
    "Aldermere",
    "Castlebrook",
    "Dunwater",
    "Eastling",
    "Fernshaw",
    "Greyford",
    "Hollinbank",
    "Kingsreach",
    "Lowmarsh",
    "Millhaven",
)
MADE_UP_COUNCILS = tuple(
    Council(
        number=f"{11 + index:03d}",
        code=f"X06{1 + index:06d}",
        name=f"{name} (made up)",
        region=MADE_UP_REGION,
        made_up=True,
    )
    for index, name in enumerate(_NAMES)
)
