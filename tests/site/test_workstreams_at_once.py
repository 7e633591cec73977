"""What happens to a workstream when two people act at the same moment. On a server, where they really do."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django.fixtures import Settings
from tests.site import partnership_cast
from tests.site.collaboration_cast import helped, joined
from tests.site.partnership_cast import NOW, TODAY, Cast
from tests.site.workstreams_cast import IDEA, at_task, frozen, proposed, signed

from ropewalk.core.errors import InputRefused
from ropewalk.core.use_cases.importing import import_open_data
from ropewalk.core.use_cases.making_up import make_up_published_files
from ropewalk.core.use_cases.store import Store
from ropewalk.site.agree.collaboration.actions.help import answer_help
from ropewalk.site.agree.collaboration.kinds import Answered
from ropewalk.site.agree.collaboration.models import HelpAnswer
from ropewalk.site.agree.workstreams.actions import baseline, ideas, task
from ropewalk.site.agree.workstreams.selectors.state import state_of
from ropewalk.site.agree.workstreams.stages import Stage
from ropewalk.site.config import settings as of_site
from ropewalk.site.foundation.audit.recording import verify

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        of_site.DATABASES["default"]["ENGINE"].endswith("sqlite3"),
        reason="SQLITE WRITES ONE AFTER THE OTHER: raced on PostgreSQL, where the site's tests run once more",
    ),
]
TIMES = 3


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of made-up published absence."""
    folder = tmp_path_factory.mktemp("at-once")
    written = make_up_published_files(folder / "published", seed=1, progress=lambda *_: None)
    chosen = [one for one in written if one.name.startswith(("absence_bands", "statistical"))]
    import_open_data(Store(folder / "store"), chosen, now="2026-03-01T00:00:00Z", progress=lambda *_: None)
    return folder / "store"


@pytest.fixture
def cast(published: Path, settings: Settings) -> Cast:
    settings.ROPEWALK_STORE = published
    made = partnership_cast.made()
    made.person("Cora", "coordinator", made.area)
    made.person("Cosmo", "coordinator", made.area)
    return made


def both(*actions: Callable[[], object]) -> list[str]:
    """Do things at the same moment, each on a connection of its own; what came of each in words, sorted."""
    start = threading.Barrier(len(actions))
    came: list[str] = []

    def doing(action: Callable[[], object]) -> None:
        try:
            start.wait(30)
            action()
            came.append("done")
        except InputRefused as problem:
            came.append(str(problem))
        finally:
            connection.close()

    threads = [threading.Thread(target=doing, args=(action,)) for action in actions]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert len(came) == len(actions), "somebody never came back"
    return sorted(came, key=lambda words: (words != "done", words))


def by(cast: Cast, name: str = "Cora") -> dict[str, Any]:
    return {"by": cast.people[name], "now": NOW}


def test_of_two_who_sign_for_one_contributor_at_once_one_does(cast: Cast) -> None:
    for number in range(TIMES):
        made = proposed(cast.area, title=f"W{number}", **by(cast))
        picture = frozen(made, **by(cast))
        council, ofsted = made.contributors.order_by("pk")

        def signs(name: str, contributor: Any, digest: str = picture.digest) -> Callable[[], object]:
            return partial(baseline.sign, contributor=contributor, name=name, expected=digest, **by(cast, name))

        told = both(signs("Cora", council), signs("Cosmo", council))
        assert told[0] == "done"
        assert told[1].startswith("It signed already.")
        assert both(signs("Cora", ofsted), signs("Cosmo", ofsted))[0] == "done"
        assert picture.signatures.count() == 2
        assert state_of(made).stage is Stage.THINK_TANK
    assert verify().holds


def test_of_the_last_two_who_sign_at_once_both_do_and_the_baseline_is_signed(cast: Cast) -> None:
    for number in range(TIMES):
        made = proposed(cast.area, title=f"W{number}", **by(cast))
        picture = frozen(made, **by(cast))
        told = both(
            *(
                partial(baseline.sign, contributor=one, name=name, expected=picture.digest, **by(cast, name))
                for one, name in zip(made.contributors.order_by("pk"), ("Cora", "Cosmo"), strict=True)
            )
        )
        assert told == ["done", "done"]
        assert state_of(made).stage is Stage.THINK_TANK


def test_of_two_who_freeze_at_once_both_pictures_have_numbers_of_their_own(cast: Cast) -> None:
    for number in range(TIMES):
        made = proposed(cast.area, title=f"W{number}", **by(cast))
        frozen(made, **by(cast))
        digest = hashlib.sha256(baseline.draft(made, NOW)).hexdigest()
        told = both(
            partial(baseline.freeze, workstream=made, expected=digest, **by(cast)),
            partial(baseline.freeze, workstream=made, expected=digest, **by(cast, "Cosmo")),
        )
        assert told == ["done", "done"]
        assert sorted(made.pictures.values_list("number", flat=True)) == [1, 2, 3]


def test_a_vote_and_the_beginning_of_the_task_at_once_leave_no_vote_after_it(cast: Cast) -> None:
    for number in range(TIMES):
        made = proposed(cast.area, title=f"W{number}", **by(cast))
        signed(made, frozen(made, **by(cast)), **by(cast))
        idea = ideas.bring_idea(IDEA, workstream=made, **by(cast))
        ideas.shortlist(workstream=made, ideas=[idea], words="Cheap.", **by(cast))
        charter = task.NewCharter("Meet.", "Ada", TODAY, TODAY + timedelta(days=30))
        contributor = made.contributors.earliest("pk")
        told = both(
            partial(ideas.vote, idea=idea, contributor=contributor, **by(cast)),
            partial(task.begin, charter, workstream=made, **by(cast, "Cosmo")),
        )
        assert told[0] == "done"
        refused = [words for words in told if words != "done"]
        assert len(refused) + contributor.votes.count() == 1
        assert all("belongs to the stage “Think Tank”" in words for words in refused)
        assert state_of(made).stage is Stage.TASK


def test_a_vote_and_a_closing_or_an_extension_and_a_closing_at_once_follow_each_other(cast: Cast) -> None:
    for number in range(TIMES):
        made = proposed(cast.area, title=f"W{number}", **by(cast))
        at_task(made, **by(cast))
        later = TODAY + timedelta(days=60)
        told = both(
            partial(task.extend, workstream=made, ends=later, because="Snow.", **by(cast)),
            partial(task.close, workstream=made, words="Done.", **by(cast, "Cosmo")),
        )
        refused = [words for words in told if words != "done"]
        # The closing is never refused; an extension only where the work was closed before it.
        assert all("workstream is at “Impact”" in words for words in refused)
        assert made.extensions.count() + len(refused) == 1
        assert state_of(made).stage is Stage.IMPACT


def test_of_two_who_close_at_once_one_does(cast: Cast) -> None:
    for number in range(TIMES):
        made = proposed(cast.area, title=f"W{number}", **by(cast))
        at_task(made, **by(cast))
        told = both(
            partial(task.close, workstream=made, words="Done.", **by(cast)),
            partial(task.close, workstream=made, words="Done too.", **by(cast, "Cosmo")),
        )
        assert told[0] == "done"
        assert "workstream is at “Impact”" in told[1]


def test_help_confirmed_and_withdrawn_at_once_is_one_of_both(cast: Cast) -> None:
    joined_cast = joined(_of_the_set(cast))
    for _ in range(TIMES):
        made = helped(joined_cast, 100001, 100002)

        def says(kind: Answered, urn: int, record: Any = made) -> Callable[[], object]:
            of = {"organisation": joined_cast.schools[urn], "by": joined_cast.head(urn), "now": NOW}
            return lambda: answer_help(kind, "As it was.", record=record, **of)

        told = both(says(Answered.CONFIRMED, 100002), says(Answered.WITHDRAWN, 100001))
        assert told[0] == "done"
        assert told[1].startswith("It was answered already.")
    assert HelpAnswer.objects.count() == TIMES
    assert verify().holds


def _of_the_set(cast: Cast) -> Cast:
    """The coordinator of the area gives way to that of the set."""
    cast.people["Cora"].name = "Cora of the area"
    cast.people["Cora"].save()
    return cast
