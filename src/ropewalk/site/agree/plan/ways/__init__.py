"""Plans to begin from, one file each: how five real partnerships went about it, in our own words."""

from ropewalk.site.agree.plan.ways.four_stages import FOUR_STAGES
from ropewalk.site.agree.plan.ways.four_strands import FOUR_STRANDS
from ropewalk.site.agree.plan.ways.recovery import RECOVERY
from ropewalk.site.agree.plan.ways.shared_objectives import COMMON_OBJECTIVES
from ropewalk.site.agree.plan.ways.ten_targets import TEN_TARGETS
from ropewalk.site.agree.plan.ways.way import Part, Way

WAYS: tuple[Way, ...] = (TEN_TARGETS, RECOVERY, COMMON_OBJECTIVES, FOUR_STAGES, FOUR_STRANDS)


def way_called(name: str) -> Way | None:
    """The way of a name, if there is one."""
    return next((one for one in WAYS if one.id == name), None)


__all__ = ["WAYS", "Part", "Way", "way_called"]
