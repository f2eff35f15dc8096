"""What the database itself refuses about steps between the parties."""

from datetime import date

import pytest

from kpis.figures.models import Figure, FigureRevision
from kpis.review.models import Step
from tests.kpis.rows import REVISION, refused

pytestmark = pytest.mark.django_db

STEP = {"kind": "accepted", "party": "commissioner", "taken_as": "An officer"}
QUERY = STEP | {"kind": "queried", "words": "Why?", "answer_by": date(2019, 4, 26)}
ANSWER = STEP | {"kind": "explained", "party": "provider", "words": "Because."}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (STEP | {"party": "provider"}, "step_is_of_the_party_whose_it_is"),
        (QUERY | {"party": "provider"}, "step_is_of_the_party_whose_it_is"),
        (ANSWER | {"party": "commissioner"}, "step_is_of_the_party_whose_it_is"),
        (STEP | {"kind": "issued"}, "step_is_of_the_party_whose_it_is"),
        (QUERY | {"words": ""}, "step_gives_its_reason"),
        (ANSWER | {"words": ""}, "step_gives_its_reason"),
        (QUERY | {"answer_by": None}, "step_query_says_by_when"),
        (STEP | {"answer_by": date(2019, 4, 26)}, "step_query_says_by_when"),
    ],
)
def test_step(revision, client_officer, fields, words):
    whole = {"figure": revision.figure, "revision": revision, "taken_by": client_officer}

    refused(lambda: Step.objects.create(**whole, **fields), words)
    for kept in (STEP, QUERY, ANSWER):
        Step.objects.create(**whole, **kept)
    refused(lambda: Step.objects.update(words="Other words"), "kept as they were written")
    refused(lambda: Step.objects.all().delete(), "kept as they were written")


def test_a_step_speaks_of_its_own_figure(revision, client_officer):
    other = Figure.objects.create(
        indicator=revision.figure.indicator, month=date(2019, 4, 1), state="submitted"
    )

    refused(
        lambda: Step.objects.create(figure=other, revision=revision, taken_by=client_officer, **STEP),
        "speaks of a revision of its figure",
    )


def test_nobody_accepts_a_figure_of_which_they_entered_any_revision(figure, client_officer, administrator):
    FigureRevision.objects.create(figure=figure, **REVISION, entered_by=client_officer)
    latest = FigureRevision.objects.create(
        figure=figure, **REVISION | {"number": 2}, entered_by=administrator
    )
    whole = {"figure": figure, "revision": latest, **STEP}

    for person in (client_officer, administrator):
        refused(lambda who=person: Step.objects.create(**whole, taken_by=who), "can't accept it")
    Step.objects.create(**whole | QUERY, taken_by=client_officer)
