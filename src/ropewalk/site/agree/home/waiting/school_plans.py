"""Self-evaluations, plans and needs of schools: drafts to approve, actions due, claims to look at."""

from collections.abc import Iterator

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.agree.school_plans.selectors.waiting import waiting_for


def found(asking: Asking) -> Iterator[Waiting]:
    """Each thing that the plans of schools ask of this person; nothing of whoever looks after the site."""
    if not asking.person.is_active or asking.looks_after_site:
        return
    for one in waiting_for(asking.person, asking.today):
        yield Waiting(one.words, one.address, "The plan or self-evaluation of a school waits for you", one.due)
