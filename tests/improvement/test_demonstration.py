"""The plan in the demonstration: its first review as printed, and what became of it since."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command

from core.demonstration import Loading
from core.values.months import Month
from improvement.demonstration.loading import load_plans
from improvement.models import Action, Event, MeasureValue, Owner, Plan, Statement
from parties.demonstration import load_parties
from parties.models import User
from parties.participants import participant_for
from tests.improvement.progress.agreeing import assert_agrees

pytestmark = pytest.mark.django_db
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
LOADING = Loading("sandwell", date(2020, 4, 20), Month(2020, 3), Month(2020, 3), FIXTURES, lambda said: None)


@pytest.fixture
def lived():
    """Everything but the figures."""
    load_parties(LOADING)
    call_command("load_contract", contract="sandwell", verbosity=0)
    load_plans(LOADING)
    return Plan.objects.get(code="2019-22")


def printed_grid():
    words = yaml.safe_load((FIXTURES / "plans" / "2019-22" / "plan.yaml").read_text(encoding="utf-8"))
    return [{"priority": block["priority"], **cell} for block in words["blocks"] for cell in block["refs"]]


def test_the_first_review_stays_as_printed_and_the_plan_lives_on(lived, capsys):
    call_command("improvement_grid", "--as-at", "2019-09-23", "--format", "json")
    assert json.loads(capsys.readouterr().out) == printed_grid()

    for day, past in (("2019-09-23", 40), ("2019-12-31", 74)):
        call_command("overdue_actions", "--as-at", day, "--format", "csv")
        assert len(list(csv.DictReader(io.StringIO(capsys.readouterr().out)))) == past

    actions = Action.objects.filter(recommendation__priority__plan=lived)
    assert actions.filter(phase1="completed").count() > 80
    assert actions.filter(outcome="closed").count() == 2
    assert Event.objects.filter(kind="moved").count() >= 10
    since = (Event.objects.filter(day__gt="2019-09-23"), Statement.objects.filter(day__gt="2019-09-23"))
    for rows in since:
        assert set(rows.values_list("provenance", flat=True)) == {"illustrative"}
    assert not Event.objects.filter(day__gt="2020-04-20").exists()
    assert lived.about["illustrative"] == "October 2019 to April 2020"


def test_no_status_leaps_and_what_was_begun_stays_begun(lived):
    for action in Action.objects.filter(recommendation__priority__plan=lived):
        told = action.events.filter(kind="status").order_by("number")
        for phase in (1, 2):
            way = list(told.filter(phase=phase).values_list("now", flat=True))
            begun = [status != "not_started" for status in way]
            assert begun == sorted(begun)
            assert "completed" not in way[:-1] or set(way[way.index("completed") :]) == {"completed"}


def test_no_value_is_invented_where_an_indicator_gives_the_same_quantity(lived):
    assert MeasureValue.objects.exists()
    assert not MeasureValue.objects.filter(measure__links__strength="same").exists()


def test_something_waits_for_each_party_at_the_end(lived):
    waiting = {"confirmation": {True: 0, False: 0}, "end": {True: 0, False: 0}}
    for action in Action.objects.filter(recommendation__priority__plan=lived).exclude(waits=""):
        waiting[action.waits][action.owners.exclude(side="council").exists()] += 1

    assert waiting["confirmation"][True] and waiting["confirmation"][False] and waiting["end"][True]
    assert Event.objects.filter(kind="asked_anew").count() == 1


def test_progress_over_time_agrees_with_each_month_end_told_by_itself(lived):
    assert_agrees(
        lived, participant_for(User.objects.get(username="client-officer"), "sandwell"), LOADING.today
    )


def test_loaded_again_it_adds_nothing(lived):
    before = Event.objects.count()
    load_plans(LOADING)

    assert Event.objects.count() == before


def test_nineteen_actions_are_owned_outside_the_trust(lived):
    outside = Action.objects.filter(
        recommendation__priority__plan=lived, owners__in=Owner.objects.exclude(side="trust")
    )

    assert outside.distinct().count() == 19
    assert Owner.objects.get(plan=lived, side="police").organisation.code == "police"
