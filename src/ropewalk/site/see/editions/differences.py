"""What an edition says otherwise than the one it corrects, in lines for a table."""

from collections.abc import Mapping
from dataclasses import dataclass

from ropewalk.core.disclosure import Audience
from ropewalk.core.measures import measure
from ropewalk.core.schema.groups import group
from ropewalk.core.schema.phases import Phase
from ropewalk.core.use_cases.editions import Difference, Edition

PARTS = {"yes": "pupils counted", "no": "pupils not counted", "both": "pupils in all"}


@dataclass(frozen=True)
class DifferenceLine:
    """One cell that changed: what it counts, of whom, the number then and now."""

    measure: str
    who: str
    part: str
    old: str
    new: str


@dataclass(frozen=True)
class Differences:
    """Cells that changed, and in words the tables whose correction waits."""

    lines: tuple[DifferenceLine, ...]
    held: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.lines or self.held)


def difference_lines(edition: Edition, names: Mapping[int, str], audience: Audience = Audience.PARTNERS) -> Differences:
    """What changed, as far as an audience may see it; trusts have no figures of their own on pages."""
    seen = edition.differences_for(audience)
    held = tuple(dict.fromkeys(one.words for one in seen if one.held))
    return Differences(tuple(_line(one, names) for one in seen if not one.held and one.of != "trust"), held)


def _line(one: Difference, names: Mapping[int, str]) -> DifferenceLine:
    groups = [] if one.group in {"", "all"} else [group(one.group).words]
    of = {
        "place": "All schools",
        "phase": Phase(one.key).words if one.of == "phase" else "",
        "school": names.get(int(one.key), f"School {one.key}") if one.of == "school" else "",
    }[one.of]
    who = ": ".join([of, *groups])
    return DifferenceLine(measure(one.measure).title, who, PARTS[one.part], _number(one.old), _number(one.new))


def _number(count: int | None) -> str:
    return "hidden" if count is None else f"{count:,}"
