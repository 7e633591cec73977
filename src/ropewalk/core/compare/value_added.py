"""Contextual value added: how pupils of a school did beside like pupils elsewhere, by a multilevel model.

Pupils lie within schools: outcome = what the context leads one to expect + the school's part + the pupil's part. The
school's part is estimated with shrinkage: the mean of its pupils' residuals is drawn towards 0, the more the fewer
pupils it has (H. Goldstein, Multilevel Statistical Models, 4th edition 2011, section 2.5; M. Aitkin and N. Longford,
Statistical modelling issues in school effectiveness studies, Journal of the Royal Statistical Society A 149 (1986),
pages 1-43). Intervals rest on the comparative standard error of that estimate (H. Goldstein and M. J. R. Healy, The
graphical presentation of a collection of means, same journal 158 (1995), pages 175-177).

A residual is what this context does not explain. It is no measure of teaching, and its order is no ranking: most
intervals overlap, so schools come back in the order of their names. statsmodels takes a second to load: import this
module only where a model is fitted.
"""

from __future__ import annotations

import warnings
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray
from statsmodels.regression.mixed_linear_model import MixedLM

from ropewalk.core.compare.intervals import Z95, Interval

FEWEST_PUPILS = 20
FEWEST_SCHOOLS = 10

Values = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Coefficient:
    """How much the outcome rises with one unit of a context variable, with its standard error."""

    name: str
    estimate: float
    standard_error: float


@dataclass(frozen=True, slots=True)
class RandomPart:
    """How far schools and pupils vary around what is expected (variances, in squared units of the outcome).

    ``slope`` is the variance of the schools' slopes and ``covariance`` that of slope and intercept; both ``None``
    where every school has the same slope.
    """

    schools: float
    pupils: float
    slope: float | None = None
    covariance: float | None = None

    @property
    def between_schools(self) -> float:
        """Share of the variance that lies between schools, 0 to 1 (at context 0 where slopes vary)."""
        return self.schools / (self.schools + self.pupils)


@dataclass(frozen=True, slots=True)
class SchoolValueAdded:
    """A school's residual in units of the outcome: ``raw`` mean of its pupils, shrunken ``value``, 95 % interval.

    All are ``None`` with fewer than 20 pupils, and ``reason`` says so. ``slope`` is how much steeper its own line is.
    """

    school: Hashable
    pupils: int
    raw: float | None
    value: float | None
    standard_error: float | None
    slope: float | None = None
    reason: str | None = None

    @property
    def interval(self) -> Interval | None:
        """95 per cent interval around the shrunken value, to hold against 0 (what like pupils reach elsewhere)."""
        if self.value is None or self.standard_error is None:
            return None
        half = Z95 * self.standard_error
        return Interval(self.value - half, self.value + half)

    @property
    def words(self) -> str:
        """Where the school stands, in words that give no cause."""
        interval = self.interval
        if interval is None:
            return self.reason or ""
        if interval.lower <= 0 <= interval.upper:
            return "No clear difference from like pupils elsewhere."
        return f"{'Higher' if interval.lower > 0 else 'Lower'} than like pupils elsewhere, for reasons not shown here."


@dataclass(frozen=True, slots=True)
class ValueAdded:
    """A fitted model: fixed coefficients (``intercept`` first), random part, -2 log likelihood, schools by name.

    ``left_out`` counts pupils without an outcome or a context value.
    """

    coefficients: tuple[Coefficient, ...]
    random: RandomPart
    deviance: float
    pupils: int
    left_out: int
    schools: tuple[SchoolValueAdded, ...]


@dataclass(frozen=True, slots=True)
class NotFitted:
    """No model, and why."""

    reason: str


def value_added(
    outcome: Sequence[float | None],
    context: Mapping[str, Sequence[float | None]],
    schools: Sequence[Hashable],
    *,
    varying_slope: str | None = None,
) -> ValueAdded | NotFitted:
    """Fit the model by maximum likelihood; one entry per pupil in ``outcome``, each of ``context``, and ``schools``.

    ``varying_slope`` names the context variable whose slope may differ from school to school; a school's value is
    then its distance where that variable is 0, so centre it. Raises ValueError when the columns differ in length or
    the variable is not in the context.
    """
    if any(len(column) != len(outcome) for column in (*context.values(), schools)):
        raise ValueError("Every column needs one value for each pupil.")
    if varying_slope is not None and varying_slope not in context:
        raise ValueError(f"There is no context variable '{varying_slope}'.")
    table = np.array([outcome, *context.values()], dtype=float).T
    complete = ~np.isnan(table).any(axis=1)
    kept = table[complete]
    fixed = np.column_stack([np.ones(len(kept)), kept[:, 1:]])
    names, places = _numbered([school for school, whole in zip(schools, complete, strict=True) if whole])
    reason = _not_fit(kept[:, 0], fixed, len(names))
    if reason:
        return NotFitted(reason)
    varying = [0] if varying_slope is None else [0, 1 + list(context).index(varying_slope)]
    fit = _fitted(kept[:, 0], fixed, places, varying)
    if fit is None:
        return NotFitted("The model could not be settled on these pupils; try fewer context variables.")
    return ValueAdded(
        coefficients=tuple(
            Coefficient(name, float(estimate), float(error))
            for name, estimate, error in zip(("intercept", *context), fit.fe_params, fit.bse_fe, strict=True)
        ),
        random=_random_part(fit),
        deviance=-2 * float(fit.llf),
        pupils=len(kept),
        left_out=len(table) - len(kept),
        schools=_schools(fit, names, places, kept[:, 0] - fixed @ fit.fe_params),
    )


def difference(one: SchoolValueAdded, other: SchoolValueAdded) -> Interval | None:
    """95 per cent interval of the first school's value less the second's; ``None`` where one has no value.

    Two schools differ clearly only when this leaves out 0; that their own intervals overlap does not decide it.
    """
    if one.value is None or other.value is None or one.standard_error is None or other.standard_error is None:
        return None
    middle, half = one.value - other.value, Z95 * sqrt(one.standard_error**2 + other.standard_error**2)
    return Interval(middle - half, middle + half)


def _numbered(schools: Sequence[Hashable]) -> tuple[list[Hashable], Numbers]:
    """The schools in the order of their names, and for each pupil the place of its school."""
    names = sorted(set(schools), key=lambda school: (isinstance(school, str), school))
    place = {school: number for number, school in enumerate(names)}
    return names, np.array([place[school] for school in schools], dtype=int)


def _not_fit(outcome: Values, fixed: Values, schools: int) -> str | None:
    """Why no model can be fitted, if so."""
    if schools < FEWEST_SCHOOLS:
        return f"Value added needs pupils of at least {FEWEST_SCHOOLS} schools; there are {schools}."
    if len(outcome) <= schools + fixed.shape[1]:
        return "There are too few pupils in each school to tell schools from pupils."
    if np.ptp(outcome) == 0:
        return "All pupils have the same outcome, so nothing can be told apart."
    if np.linalg.matrix_rank(fixed) < fixed.shape[1]:
        return "One context variable never varies, or says the same as others together; leave it out."
    return None


def _fitted(outcome: Values, fixed: Values, places: Numbers, varying: list[int]) -> Any | None:  # noqa: ANN401 - no types
    """The fit by maximum likelihood, or ``None`` where it does not settle.

    The library's usual search can stop short and say that it settled (the Exam data without context: 11,011.15 where
    11,010.65 can be had). A search without slopes, then one with slopes from where it ended, does not.
    """
    model = MixedLM(outcome, fixed, groups=places, exog_re=fixed[:, varying])
    with warnings.catch_warnings():
        # Whether it settled is asked below; a variance of nearly nought is an answer, not a fault.
        warnings.simplefilter("ignore")
        try:
            first = model.fit(reml=False, method=["powell"])
            second = model.fit(reml=False, method=["bfgs"], start_params=first.params_object)
        except np.linalg.LinAlgError:
            return None
    settled = [fit for fit in (first, second) if fit.converged and np.isfinite(fit.llf)]
    return max(settled, key=lambda fit: float(fit.llf), default=None)


def _random_part(fit: Any) -> RandomPart:  # noqa: ANN401 - statsmodels has no types
    covariance = np.asarray(fit.cov_re)
    schools, pupils = float(covariance[0, 0]), float(fit.scale)
    if len(covariance) == 1:
        return RandomPart(schools, pupils)
    return RandomPart(schools, pupils, float(covariance[1, 1]), float(covariance[0, 1]))


def _schools(
    fit: Any,  # noqa: ANN401 - statsmodels has no types
    names: Sequence[Hashable],
    places: Numbers,
    residuals: Values,
) -> tuple[SchoolValueAdded, ...]:
    counts = np.bincount(places, minlength=len(names))
    raw = np.bincount(places, weights=residuals, minlength=len(names)) / counts
    shrunken, spread = fit.random_effects, fit.random_effects_cov
    found = []
    for place, name in enumerate(names):
        pupils = int(counts[place])
        if pupils < FEWEST_PUPILS:
            reason = f"Fewer than {FEWEST_PUPILS} pupils: too few to say."
            found.append(SchoolValueAdded(name, pupils, None, None, None, None, reason))
            continue
        parts = [float(part) for part in shrunken[place]]
        error = sqrt(max(0.0, float(np.asarray(spread[place])[0, 0])))
        slope = parts[1] if len(parts) > 1 else None
        found.append(SchoolValueAdded(name, pupils, float(raw[place]), parts[0], error, slope))
    return tuple(found)
