"""The trail of a small round, written by the program's own services: sorted, in words, and for whom it is."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from audit.models import AuditEvent
from calendars.services import add_meeting, cancel_meeting, change_meeting
from core.values.months import Month
from kpis.definitions.models import Indicator
from kpis.figures.models import Figure
from kpis.figures.services import Entry
from kpis.returns.draft_text import DraftText
from kpis.returns.drafting import DraftEdit, save_drafts
from kpis.returns.owning import own_indicators
from kpis.returns.submitting import submit_return
from kpis.returns.upload_handler import FIGURES
from kpis.returns.validation import Statement, Validation
from kpis.review.models import Step
from kpis.review.services import accept_figures, explain_figure, query_figure
from kpis.trail_words import headline
from notices.choosing import choose_mail
from parties.participants import participant_for
from parties.services import change_contract
from tests.cast import BY
from tests.pages import text
from uploads.receiving import HandedIn, receive

pytestmark = pytest.mark.django_db

TRAIL = "/contracts/sandwell/trail/"
MARCH = Month(2020, 3)
ANSWER_BY, TODAY = date(2026, 12, 8), date(2026, 11, 24)


def latest(code: str):
    figures = Figure.objects.select_related("latest__figure__indicator")
    return figures.get(indicator__code=code, month=MARCH.first_day).latest


def sheet_of(indicator: Indicator, begun_from: int | None, **typed: str) -> DraftEdit:
    return DraftEdit(
        indicator, DraftText(**typed), was=DraftText().content_hash if typed else "", begun_from=begun_from
    )


def submit(trust, code: str) -> None:
    """One more in the numerator than before."""
    indicator, was = Indicator.objects.get(code=code), latest(code)
    entry = Entry(
        indicator, MARCH.first_day, was.numerator + 1, was.denominator, None, "Recounted", "returned"
    )
    edit = sheet_of(indicator, was.pk)
    submit_return(by=trust, month=MARCH, validated=[Validation(edit, entry, None, [], [], None)])


def state_why_there_is_none(trust, code: str) -> None:
    indicator = Indicator.objects.get(code=code)
    statement = Statement(indicator, "Records of 2020-03 are lost", date(2027, 1, 12))
    validated = Validation(sheet_of(indicator, None), None, statement, [], [], None)
    submit_return(by=trust, month=MARCH, validated=[validated])


@pytest.fixture
def entries(demonstration, persona, settings, administrator_of_the_council) -> dict[str, AuditEvent]:
    """The last entry of each action of the round."""
    settings.CELERY_ON = False
    start = AuditEvent.objects.count()
    council = participant_for(persona("client-officer"), "sandwell")
    trust = participant_for(persona("trust-manager"), "sandwell")
    missing = Indicator.objects.filter(kind="contract").exclude(figures__month=MARCH.first_day).get()

    # October 2019 has no figure of it.
    never_there = Indicator.objects.get(contract=demonstration, code="PI9")

    def ask(code: str, reason: str, **other) -> None:
        query_figure(by=council, seen=latest(code), reason=reason, answer_by=ANSWER_BY, today=TODAY, **other)

    save_drafts(by=trust, month=Month(2019, 10), edits=[sheet_of(never_there, None, value="5")])
    receive(handler=FIGURES, by=trust, given=HandedIn.file("march.csv", b"indicator,month\n"))
    own_indicators(by=trust, codes=["PI8", "PI2"])
    choose_mail(by=trust, wanted=["queried"])
    choose_mail(by=council, wanted=[])
    ask("PI8", "Which teams?")
    explain_figure(by=trust, seen=latest("PI8"), words="All of them.", disputes=False)
    ask("PI4", "Is it right?")
    explain_figure(by=trust, seen=latest("PI4"), words="It is.", disputes=True)
    accept_figures(by=council, seen=[latest("PI1"), latest("PI8")])
    ask("PI8", "Are you sure?", reopens=True)
    submit(trust, "PI8")
    accept_figures(by=council, seen=[latest("PI8")])
    submit(trust, "PI2")
    state_why_there_is_none(trust, missing.code)
    meeting = add_meeting(
        contract=demonstration, board="operational", day=ANSWER_BY, by=administrator_of_the_council
    )
    meeting = change_meeting(
        meeting=meeting, by=administrator_of_the_council, day=date(2026, 12, 9), place="Council House"
    )
    cancel_meeting(meeting=meeting, by=administrator_of_the_council)
    change_contract(contract=demonstration, by=administrator_of_the_council, figures_due_working_day=8)
    return {one.action: one for one in AuditEvent.objects.filter(sequence__gt=start).order_by("sequence")}


@pytest.fixture
def administrator_of_the_council(demonstration, persona):
    return persona("administrator")


@pytest.fixture
def trust(entries, persona, signed_in):
    return signed_in(persona("trust-manager"))


@pytest.fixture
def council(entries, persona, signed_in):
    return signed_in(persona("client-officer"))


def rows(client, **query) -> list[dict[str, str]]:
    answer = client.get(f"{TRAIL}entries.csv", query)
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def actions(client, **query) -> set[str]:
    return {row["action"] for row in rows(client, **query)}


def test_every_action_stands_where_one_looks_for_it(entries, trust):
    assert actions(trust, what="entered") - {"figures.imported", "figures.corrected"} == {
        "drafts.saved", "return.submitted"
    }  # fmt: skip
    assert actions(trust, what="answered") == {
        "figure.queried", "figure.reopened", "figure.explained", "figure.disputed", "figures.accepted"
    }  # fmt: skip
    assert actions(trust, what="agreed") - {"contract.created"} == {"contract.changed"}
    assert actions(trust, what="other") == {
        "indicators.owned", "notices.chosen", "meeting.added", "meeting.changed", "meeting.cancelled"
    }  # fmt: skip


def test_every_step_that_there_is_has_its_place_and_its_words(entries, trust):
    for kind in Step.Kind:
        name = "figures.accepted" if kind == Step.Kind.ACCEPTED else f"figure.{kind}"
        assert name in actions(trust, what="answered")
        assert headline(name, "?", entries[name].changes) != "?"


def test_own_settings_are_shown_to_ones_own_party_alone(trust, council):
    of_the_trust = {row["who"] for row in rows(trust) if row["action"] == "notices.chosen"}
    of_the_council = {row["who"] for row in rows(council) if row["action"] == "notices.chosen"}

    assert (of_the_trust, of_the_council) == ({"trust-manager"}, {"client-officer"})
    assert "indicators.owned" in actions(trust)
    assert not {"indicators.owned", "drafts.saved", "upload.figures.handed_in"} & actions(council)


def test_what_was_asked_and_answered_is_read_in_words(entries, council):
    said = {row["entry"]: row["in_words"] for row in rows(council)}
    was, now = entries["figure.explained"].changes, entries["figures.accepted"].changes["figures"][0]

    def words(action: str) -> list[str]:
        return said[str(entries[action].pk)].split("\n")

    assert words("figure.explained") == [
        "The Trust explained PI8 of March 2020: “All of them.”",
        f"Revision 1: {was['value']}; queried → submitted",
    ]
    assert words("figure.disputed")[0] == ("The Trust disputed the query about PI4 of March 2020: “It is.”")
    assert words("figure.queried")[0] == (
        "The council asked about PI4 of March 2020: “Is it right?” Answer by 8 December 2026."
    )
    assert words("figure.reopened")[0] == (
        "The council reopened PI8 of March 2020 and asked: “Are you sure?” Answer by 8 December 2026."
    )
    assert words("figures.accepted") == [
        "The council accepted PI8 of March 2020.",
        f"Revision 2: {now['value']}; submitted → accepted",
    ]
    assert words("return.submitted")[1].endswith(
        " can’t be reported: “Records of 2020-03 are lost” Expected on 12 January 2027."
    )
    assert words("meeting.changed") == [
        "The meeting Operational Partnership Board, 8 December 2026 was changed: day, place.",
        "day: 8 December 2026 → 9 December 2026",
        "place: nothing → Council House",
    ]
    assert words("contract.changed")[1] == "figures due working day: 10 → 8"


def test_two_accepted_at_once_are_told_one_by_one(entries, council):
    both = [row for row in rows(council, what="answered") if "PI1 and PI8" in row["in_words"]]

    head, first, second = both[0]["in_words"].split("\n")
    assert head == "The council accepted PI1 and PI8 of March 2020."
    assert first.startswith("PI1 of March 2020: revision 1: ") and "submitted → accepted" in first
    assert second.startswith("PI8 of March 2020: ")


def test_what_one_gets_by_e_mail_is_told_in_words(entries, trust):
    (row,) = (row for row in rows(trust) if row["action"] == "notices.chosen")
    assert row["in_words"].split("\n")[1] == (
        "not by e-mail: nothing → accepted by the council, change of a budget answered, change of a budget proposed,"
        " due soon, money accepted, asked about the money, overdue, answered on an action, asked about an action,"
        " word on an action"
    )


def test_no_raw_structure_and_no_bare_month_is_left(trust):
    for row in rows(trust):
        assert "{" not in row["in_words"] and "['" not in row["in_words"], row["in_words"]
        assert "PI8 2020-03" not in row["in_words"]


@pytest.mark.parametrize("words", ["March 2020", "of march 2020", "PI8 of March 2020", "2020-03", "teams?"])
def test_a_month_and_what_was_asked_are_found(council, words):
    assert "figure.queried" in actions(council, words=words)


def test_who_is_shown_and_found_by_what_they_are_called(council, persona):
    name = persona("client-officer").display_name
    soup = BeautifulSoup(council.get(TRAIL, {"who": name, "what": "answered"}).content, "lxml")
    cell = soup.select_one("table.trail tbody td")

    assert text(cell) == f"{name} client-officer"
    assert {row["who"] for row in rows(council, who=name)} == {"client-officer"}
    assert {row["name"] for row in rows(council, who=name)} == {name}


def test_a_revised_figure_is_counted_alone(demonstration):
    from kpis.figures.services import save_figures

    indicator = Indicator.objects.get(code="PI8")
    save_figures(
        by=BY,
        contract=demonstration,
        entries=[Entry(indicator, MARCH.first_day, Decimal(1), Decimal(2), None, "", "returned")],
        state_of=lambda entry: Figure.State.SUBMITTED,
        reason="Counted again",
        action="figures.corrected",
    )

    assert AuditEvent.objects.latest("sequence").summary == "Counted again: 1 revised figure, March 2020."
