"""The API is asked everything its document allows and much that it does not, in process, with fixed seeds."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, settings
from pytest_django.fixtures import Settings
from schemathesis import BaseSchema, GenerationMode
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig

from ropewalk.site.see.api.operations import api

# The API needs no database; a server looks after the connections of tests before this one at the end of each request.
pytestmark = pytest.mark.django_db
PLACE = "X06000001"
# The client in this process unpacks nothing.
PLAIN = {"Accept-Encoding": "identity"}
BOUNDED = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def site_of_made_up_figures(made_up_store: Path, settings: Settings) -> None:
    settings.ROPEWALK_STORE = made_up_store


def document(*modes: GenerationMode, **values: str) -> BaseSchema:
    """The API's own document, asked of the site in this process; parameters can be given."""
    generation = GenerationConfig(modes=list(modes), deterministic=True)
    project = ProjectConfig(generation=generation, parameters=values)
    config = SchemathesisConfig(projects=ProjectsConfig(default=project))
    written = json.loads(json.dumps(api.get_openapi_schema()))
    schema = schemathesis.openapi.from_dict(written, config=config)
    schema.app = get_wsgi_application()
    return schema


anything = document(GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
of_the_place = document(GenerationMode.POSITIVE, place=PLACE, code=PLACE)


@anything.parametrize()
@BOUNDED
def test_no_question_makes_the_api_fall_over_or_break_its_word(case: schemathesis.Case) -> None:
    case.call_and_validate(headers=PLAIN)


answered: Counter[int] = Counter()


@of_the_place.parametrize()
@BOUNDED
def test_answers_about_a_place_are_what_the_document_says(case: schemathesis.Case) -> None:
    answered[case.call_and_validate(headers=PLAIN).status_code] += 1


def test_many_of_these_questions_were_answered() -> None:
    assert answered[200] > 60
