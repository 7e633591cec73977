"""Commitments of agreements that a person's organisation signed, and how it says they are kept."""

from collections.abc import Iterator

from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Line
from ropewalk.site.agree.partnership.kinds import Standing
from ropewalk.site.agree.partnership.models import Commitment, CommitmentMark, Signature

COLOURS = {Standing.KEPT: "green", Standing.NOT_YET: "blue", Standing.AT_RISK: "yellow"}


def found(asking: Asking) -> Iterator[Line]:
    """Each commitment of a version that holds or is before members."""
    if not asking.seen or not asking.organisations:
        return
    signed = Signature.objects.filter(
        organisation__in=asking.organisations,
        version__replaced_at=None,
        version__agreement__place__in=asking.seen,
    ).select_related("organisation", "version__agreement__place")
    given = list(signed.order_by("pk"))
    commitments = list(Commitment.objects.filter(version__in=[one.version_id for one in given]).order_by("number"))
    marks = CommitmentMark.objects.filter(commitment__in=commitments, organisation__in=asking.organisations)
    latest = {(one.commitment_id, one.organisation_id): one for one in marks.order_by("pk")}
    for one in given:
        for commitment in commitments:
            if commitment.version_id == one.version_id and commitment.kind == one.organisation.kind:
                said = latest.get((commitment.pk, one.organisation_id))
                agreement = one.version.agreement
                yield Line(
                    commitment.words,
                    reverse("partnership:version", args=[agreement.place.code, one.version_id]),
                    f"{one.organisation.name}, “{agreement.title}” of {agreement.place.name}",
                    colour=COLOURS[Standing(said.standing)] if said else "grey",
                    tag=said.standing_words.capitalize() if said else "Not said yet",
                )
