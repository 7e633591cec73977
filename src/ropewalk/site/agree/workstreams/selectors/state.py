"""Where a workstream stands, from what was done."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from ropewalk.site.agree.workstreams.models import (
    Charter,
    Closing,
    Contributor,
    Decided,
    Extension,
    MeasureSet,
    Picture,
    PictureSignature,
    Shortlist,
    Workstream,
)
from ropewalk.site.agree.workstreams.stages import State


def state_of(workstream: Workstream) -> State:
    """Its state; the stage follows from it."""
    charter = Charter.objects.filter(workstream=workstream).first()
    later = workstream.extensions.order_by("-pk").first()
    picture = newest_picture(workstream)
    return State(
        measure_set=workstream.measures_set.exists(),
        frozen=picture is not None,
        signed=is_signed(workstream, picture),
        shortlisted=workstream.shortlists.exists(),
        begins=charter.begins if charter else None,
        ends=later.ends if later else charter.ends if charter else None,
        closed=Closing.objects.filter(workstream=workstream).exists(),
        decided=Decided.objects.filter(workstream=workstream).exists(),
    )


def states_of(workstreams: Collection[Workstream]) -> dict[int, State]:
    """The states of several workstreams by their id, in as many questions as for one."""
    keys = [one.pk for one in workstreams]
    of: dict[str, Any] = {"workstream__in": keys}
    ends = dict(Charter.objects.filter(**of).values_list("workstream", "ends"))
    ends |= dict(Extension.objects.filter(**of).order_by("pk").values_list("workstream", "ends"))
    begins = dict(Charter.objects.filter(**of).values_list("workstream", "begins"))
    there = {
        model: set(model.objects.filter(**of).values_list("workstream", flat=True))
        for model in (MeasureSet, Shortlist, Closing, Decided)
    }
    pictures = dict(Picture.objects.filter(**of).order_by("number").values_list("workstream", "pk"))
    signed = _signed_by(pictures, of)
    return {
        pk: State(
            measure_set=pk in there[MeasureSet],
            frozen=pk in pictures,
            signed=pk in signed,
            shortlisted=pk in there[Shortlist],
            begins=begins.get(pk),
            ends=ends.get(pk),
            closed=pk in there[Closing],
            decided=pk in there[Decided],
        )
        for pk in keys
    }


def _signed_by(pictures: Mapping[int, int], of: Mapping[str, Any]) -> set[int]:
    """Workstreams whose newest picture every contributor signed."""
    everybody: defaultdict[int, set[int]] = defaultdict(set)
    for workstream, pk in Contributor.objects.filter(**of).values_list("workstream", "pk"):
        everybody[workstream].add(pk)
    signed: defaultdict[int, set[int]] = defaultdict(set)
    rows = PictureSignature.objects.filter(picture__in=list(pictures.values()))
    for picture, contributor in rows.values_list("picture", "contributor"):
        signed[picture].add(contributor)
    return {pk for pk, picture in pictures.items() if everybody[pk] and everybody[pk] <= signed[picture]}


def newest_picture(workstream: Workstream) -> Picture | None:
    """The picture that is to be signed, or was."""
    return workstream.pictures.order_by("-number").first()


def measure_of(workstream: Workstream) -> MeasureSet | None:
    """The measure set beforehand; the latest counts."""
    return workstream.measures_set.order_by("-pk").first()


def is_signed(workstream: Workstream, picture: Picture | None) -> bool:
    """Whether every contributor signed the newest picture."""
    if picture is None:
        return False
    everybody = set(workstream.contributors.values_list("pk", flat=True))
    signed = set(picture.signatures.values_list("contributor", flat=True))
    return bool(everybody) and everybody <= signed
