"""Funnel limits and over-dispersion against published numbers and against scipy's own distributions."""

from __future__ import annotations

import csv
from math import log, sqrt
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom, chi2, norm, poisson

from ropewalk.core.compare.funnel import (
    INNER,
    OUTER,
    Kind,
    binomial_limits,
    over_dispersion,
    poisson_limits,
    score,
    whole_binomial_limits,
)

# Ratios of limit to expected count, as the tests of the R package FunnelPlotR print them.
PUBLISHED = {
    15: (0.5596924, 1.649348, 0.386265, 2.082907),
    20: (0.610826, 1.544419, 0.4479107, 1.902094),
    30: (0.6746958, 1.427562, 0.5289724, 1.702771),
}


@pytest.mark.parametrize("expected", PUBLISHED)
def test_poisson_limits_are_those_published(expected: int) -> None:
    found = [end / expected for coverage in (INNER, OUTER) for end in poisson_limits(expected, coverage)]
    assert found == pytest.approx(PUBLISHED[expected], abs=1e-6)


@pytest.mark.parametrize("expected", [0.02, 0.7, 3, 15, 20, 30, 412.5, 9000])
@pytest.mark.parametrize("coverage", [INNER, OUTER])
def test_poisson_limits_are_chi_square_quantiles(expected: float, coverage: float) -> None:
    tail = (1 - coverage) / 2
    lower, upper = poisson_limits(expected, coverage)
    assert lower == pytest.approx(chi2.ppf(tail, 2 * expected) / 2, abs=1e-9, rel=1e-9)
    assert upper == pytest.approx(chi2.ppf(1 - tail, 2 * (expected + 1)) / 2, rel=1e-9)


def test_poisson_limits_are_exact_for_whole_counts() -> None:
    """Were the lower limit the mean, 20 or more would have a chance of 2.5 per cent; the upper limit alike."""
    lower, upper = poisson_limits(20, INNER)
    assert poisson.sf(19, lower) == pytest.approx(0.025, abs=1e-9)
    assert poisson.cdf(20, upper) == pytest.approx(0.025, abs=1e-9)


@pytest.mark.parametrize("coverage", [INNER, OUTER])
@pytest.mark.parametrize("share", [0.001, 0.02, 0.3, 0.5, 0.97])
@pytest.mark.parametrize("denominator", [1, 5, 17, 100, 1500, 40_000])
def test_binomial_limits_stand_on_scipys_quantiles(denominator: int, share: float, coverage: float) -> None:
    tail = (1 - coverage) / 2
    quantiles = [binom.ppf(tail, denominator, share), binom.ppf(1 - tail, denominator, share)]
    assert list(whole_binomial_limits(share, denominator, coverage)) == quantiles
    for limit, whole, probability in zip(
        binomial_limits(share, denominator, coverage), quantiles, (tail, 1 - tail), strict=True
    ):
        # Appendix A.1.1 of Spiegelhalter (2005): so far below the quantile as the distribution overshoots.
        over = binom.cdf(whole, denominator, share) - probability
        assert limit == pytest.approx(whole - over / binom.pmf(whole, denominator, share), abs=1e-6)


def test_a_whole_number_outside_is_less_likely_than_the_limit_says() -> None:
    for denominator in range(1, 400, 7):
        lower, upper = whole_binomial_limits(0.03, denominator, OUTER)
        assert binom.sf(upper, denominator, 0.03) <= 0.001
        assert binom.cdf(lower - 1, denominator, 0.03) <= 0.001


def test_scores_are_standard_normal_under_chance() -> None:
    """On the square-root and arcsine scales: mean near 0 and spread near 1, so the factor is near 1 without cause."""
    random = np.random.default_rng(20)
    events = [score(float(n), 400, 0.1, Kind.RATE) for n in random.poisson(40, 4000)]
    shares = [score(float(n), 400, 0.1, Kind.SHARE) for n in random.binomial(400, 0.1, 4000)]
    cut = norm.ppf(0.9)
    # Mean square of a standard normal distribution winsorised at 10 per cent at each end.
    expected = (0.8 - 2 * cut * norm.pdf(cut)) + 0.2 * cut**2
    for scores in (events, shares):
        assert over_dispersion(scores) == pytest.approx(expected, abs=0.05)


def medpar(folder: Path) -> tuple[list[float], list[float]]:
    """Observed and expected days of stay of the 54 providers: expected by a Poisson regression, as FunnelPlotR does."""
    with (folder / "funnel_medpar.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    days = np.array([float(row["los"]) for row in rows])
    traits = np.array(
        [[1.0, *(float(row[name]) for name in ("hmo", "died", "age80", "type2", "type3"))] for row in rows]
    )
    weights = np.zeros(traits.shape[1])
    weights[0] = log(days.mean())
    for _ in range(50):
        fitted = np.exp(traits @ weights)
        weights += np.linalg.solve(traits.T @ (fitted[:, None] * traits), traits.T @ (days - fitted))
    assert float(((days - fitted) ** 2 / fitted).sum() / (len(days) - len(weights))) == pytest.approx(6.24, abs=0.005)
    providers = np.array([row["provnum"] for row in rows])
    names = sorted(set(providers))
    observed = [float(days[providers == name].sum()) for name in names]
    return observed, [float(fitted[providers == name].sum()) for name in names]


@pytest.fixture(scope="module")
def evaluation_data(shared_data: Path) -> Path:
    """The folder of data with published answers beside the real data."""
    folder = shared_data.parent / "reference" / "evaluation"
    if not folder.is_dir():
        pytest.skip(f"NO REFERENCE DATA: {folder} is not a folder")
    return folder


def test_medpar_is_over_dispersed_as_published(evaluation_data: Path) -> None:
    """Factor 9.30; 25 of 54 providers outside the 99.8 % limits, 2 once the limits are widened."""
    observed, expected = medpar(evaluation_data)
    factor = over_dispersion([score(o, e, 1.0, Kind.RATE) for o, e in zip(observed, expected, strict=True)])
    assert factor == pytest.approx(9.30, abs=0.005)

    def outside(widen: float) -> int:
        ends = [poisson_limits(e, OUTER) for e in expected]
        return sum(
            not e + (low - e) * widen <= o <= e + (high - e) * widen
            for o, e, (low, high) in zip(observed, expected, ends, strict=True)
        )

    assert outside(1.0) == 25
    assert outside(sqrt(factor)) == 2


def test_published_file_agrees_with_the_numbers_here(evaluation_data: Path) -> None:
    with (evaluation_data / "funnel_poisson_limits_published.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            ends = tuple(float(row[name]) for name in ("ll95", "ul95", "ll998", "ul998"))
            assert PUBLISHED[int(row["expected"])] == ends
