"""Gates of workstreams that stand open: for whoever leads them."""

from collections.abc import Iterator

from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.agree.home.workstreams import Running, led, words_of
from ropewalk.site.agree.workstreams.stages import Stage

# The page where each next step is done, and the step in words.
STEPS = {
    "measure": "Set the measure by which %s is judged",
    "freeze": "Freeze the baseline of %s: everybody has submitted",
    "idea": "Bring the first idea to %s",
    "shortlist": "Shortlist ideas of %s: everybody has voted",
    "charter": "Write the charter of %s: ideas are shortlisted",
    "decide": "Decide what becomes of %s: adopted, adapted or stopped",
}


def found(asking: Asking) -> Iterator[Waiting]:
    """Each workstream that only waits for whoever leads it to take the next step."""
    for one in led(asking):
        step = _step(one)
        if step:
            words = STEPS[step] % words_of(one)
            address = reverse(f"workstreams:{step}", args=[one.workstream.place.code, one.workstream.pk])
            yield Waiting(words, address, words)


def _step(one: Running) -> str:
    state = one.state
    if state.stage is Stage.BASELINE and not state.measure_set:
        return "measure"
    if state.stage is Stage.BASELINE and not state.frozen and not one.silent:
        return "freeze"
    if state.stage is Stage.THINK_TANK:
        if state.shortlisted:
            return "charter"
        if not one.has_ideas:
            return "idea"
        return "" if one.without_vote else "shortlist"
    return "decide" if state.stage is Stage.IMPACT else ""
