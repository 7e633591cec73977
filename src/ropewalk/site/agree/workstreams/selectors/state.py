"""Where a workstream stands, from what was done."""

from ropewalk.site.agree.workstreams.models import Charter, Closing, Decided, MeasureSet, Picture, Workstream
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
