"""Editions on their way at some places, each with where it stands, in as many questions for one as for many."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ropewalk.site.see.editions.life import Standing
from ropewalk.site.see.editions.models import OPEN, Challenge, Check, Contentment, Draft
from ropewalk.site.see.editions.standing import AGREED, DECIDES, Found, counted_in, find


@dataclass(frozen=True)
class Going(Found):
    """An edition on its way; ``spoke`` are the schools that said something of its newest draft."""

    spoke: frozenset[int]


def going_at(places: Iterable[str], *, today: date) -> list[Going]:
    """The edition on its way at each of some places (by code). One whose figures are being computed is left out."""
    rows = Draft.objects.filter(edition__state=OPEN, edition__place__in=list(places)).order_by("number")
    newest = dict(rows.values_list("edition", "pk"))
    read = Draft.objects.filter(pk__in=newest.values()).select_related("edition")
    # One whose computing has ended meanwhile is kept first, as whoever looks at it would have it kept.
    kept = [one if one.digest else find(one.edition, today=today).draft for one in read]
    drafts = [one for one in kept if one.digest]
    said: defaultdict[int, list[Challenge]] = defaultdict(list)
    of_editions = [one.edition_id for one in drafts]
    for challenge in Challenge.objects.for_system_job(DECIDES).filter(edition__in=of_editions):
        said[challenge.edition_id].append(challenge)
    content: defaultdict[object, set[int]] = defaultdict(set)
    for draft, urn in Contentment.objects.for_system_job(DECIDES).filter(draft__in=drafts).values_list("draft", "urn"):
        content[draft].add(urn)
    checkers: defaultdict[object, set[int]] = defaultdict(set)
    for draft, by in Check.objects.filter(draft__in=drafts).values_list("draft", "by"):
        checkers[draft].add(by)
    found = []
    for one in drafts:
        challenges = said[one.edition_id]
        standing = _standing(one, challenges, content[one.pk], checkers[one.pk])
        spoke = {row.urn for row in challenges if row.draft == one.number} | standing.content
        found.append(Going(one.edition, one, standing, today, frozenset(spoke)))
    return found


def _standing(draft: Draft, said: Iterable[Challenge], content: set[int], checkers: set[int]) -> Standing:
    ours = [one for one in said if one.urn in draft.schools]
    return Standing(
        drafted=True,
        maker=draft.by_id,
        schools=counted_in(draft),
        content=frozenset(content),
        until=draft.edition.until,
        unanswered=sum(one.answered_at is None for one in ours),
        agreed=sum(one.outcome == AGREED and one.draft == draft.number for one in ours),
        checkers=frozenset(checkers),
    )
