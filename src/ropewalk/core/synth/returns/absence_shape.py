"""How often children are absent: the published distribution of absence, as a model of few numbers.

For each phase, free school meals and special needs ten cut points on the scale of a standard normal say which share
of children missed less than 5, 10 … 50 per cent of their sessions; year group and sex move a child along that scale
(an ordered probit). Fitted to the national rows of 'Pupil absence in schools in England', absence bands 2022/23
(Department for Education, OGL v3.0; state-funded primary Years 1 to 6, secondary Years 7 to 11, special): cut points
so that every band has its published share, shifts so that every sex and year group has its published persistent
absence. A test fits them again to the published file and compares.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from math import erf, sqrt

# Phase, eligible for free school meals, any special need: cut points at 5, 10, 15 … 50 per cent of sessions missed.
CUTS: Mapping[tuple[str, bool, bool], tuple[float, ...]] = {
    ("primary", False, False): (0.352, 1.283, 1.846, 2.187, 2.412, 2.571, 2.687, 2.776, 2.855, 2.919),
    ("primary", False, True): (0.043, 0.895, 1.39, 1.677, 1.865, 1.997, 2.1, 2.184, 2.253, 2.317),
    ("primary", True, False): (-0.219, 0.613, 1.147, 1.512, 1.772, 1.977, 2.142, 2.273, 2.388, 2.486),
    ("primary", True, True): (-0.437, 0.333, 0.82, 1.141, 1.371, 1.548, 1.687, 1.803, 1.905, 1.998),
    ("secondary", False, False): (0.077, 0.892, 1.344, 1.603, 1.773, 1.897, 1.998, 2.084, 2.159, 2.228),
    ("secondary", False, True): (-0.206, 0.488, 0.855, 1.067, 1.212, 1.322, 1.412, 1.489, 1.559, 1.624),
    ("secondary", True, False): (-0.519, 0.185, 0.6, 0.865, 1.053, 1.2, 1.32, 1.426, 1.519, 1.604),
    ("secondary", True, True): (-0.753, -0.14, 0.222, 0.458, 0.63, 0.767, 0.883, 0.979, 1.074, 1.157),
    ("special", False, True): (-0.257, 0.452, 0.851, 1.096, 1.254, 1.373, 1.468, 1.548, 1.613, 1.68),
    ("special", True, True): (-0.533, 0.132, 0.525, 0.785, 0.97, 1.107, 1.211, 1.296, 1.374, 1.45),
}
# Alternative provision is not in the bands: a normal with the persistent absence (74 %) and the absence (34 %) that
# pupil referral units had in 2016/17, whoever the child is.
ALTERNATIVE = (-1.08, -0.643, -0.358, -0.151, 0.025, 0.176, 0.305, 0.426, 0.539, 0.643)
# Phase and sex: shift of each year group, from the first year the phase has (Year 1, Year 7).
SHIFTS: Mapping[tuple[str, str], tuple[float, ...]] = {
    ("primary", "F"): (0.165, 0.017, -0.045, -0.058, -0.046, -0.049),
    ("primary", "M"): (0.17, 0.024, -0.055, -0.061, -0.047, -0.03),
    ("secondary", "F"): (-0.248, -0.009, 0.129, 0.169, 0.213),
    ("secondary", "M"): (-0.266, -0.105, -0.006, 0.036, 0.065),
    ("special", "F"): (0.304, 0.152, 0.064, -0.013, -0.093, -0.068, -0.071, -0.002, 0.056, 0.122, 0.173),
    ("special", "M"): (0.116, -0.002, -0.1, -0.129, -0.123, -0.141, -0.108, -0.034, 0.03, 0.112, 0.135),
}
FIRST_YEAR_GROUP = {"primary": 1, "secondary": 7, "special": 1}
BAND = 0.05
# Within the first band few children miss nothing; within the last most stay below three quarters.
_FIRST_BEND, _LAST_BEND = 0.75, 1.4


def shift(phase: str, sex: str, rank: int) -> float:
    """How far a year group's absence is moved; year groups outside the statistics take the nearest."""
    if phase == "alternative":
        return 0.0
    shifts = SHIFTS[phase, sex]
    return shifts[min(max(rank - FIRST_YEAR_GROUP[phase], 0), len(shifts) - 1)]


def cuts_of(phase: str, *, meals: bool, needs: bool) -> tuple[float, ...]:
    """Cut points of a child's cell."""
    if phase == "alternative":
        return ALTERNATIVE
    return CUTS[phase, meals, needs or phase == "special"]


def share_absent(cuts: tuple[float, ...], standing: float) -> float:
    """Share of sessions missed (0 to 1) by a child that stands so on the scale of the normal, shift included."""
    band = bisect_right(cuts, standing)
    below = normal(cuts[band - 1]) if band else 0.0
    above = normal(cuts[band]) if band < len(cuts) else 1.0
    within = (normal(standing) - below) / (above - below)
    if band == 0:
        return float(BAND * within**_FIRST_BEND)
    if band == len(cuts):
        return float(0.5 + 0.5 * within**_LAST_BEND)
    return BAND * (band + within)


def sessions_missed(share: float, possible: int) -> int:
    """A share of possible sessions as whole sessions, on the same side of 10 and of 50 per cent as the share."""
    missed = round(share * possible)
    for limit in (10, 2):
        if share * limit < 1 and missed * limit >= possible:
            return max(0, -(-possible // limit) - 1)
        if share * limit >= 1 and missed * limit < possible:
            return -(-possible // limit)
    return missed


def normal(value: float) -> float:
    """Share of a standard normal below a value."""
    return 0.5 * (1 + erf(value / sqrt(2)))
