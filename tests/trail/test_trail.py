"""The audit trail of a contract, read, filtered and taken away by its parties, and by nobody else's."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import AuditEvent
from audit.services import record
from kpis.definitions.models import Indicator
from kpis.figures.models import Figure
from kpis.figures.services import Entry, save_figures
from parties.services import change_contract, grant_membership
from tests.append_only import lifted
from tests.cast import BY
from tests.pages import text

pytestmark = pytest.mark.django_db

TRAIL = "/contracts/sandwell/trail/"
FILE = f"{TRAIL}entries.csv"


@pytest.fixture
def note(contract: Any) -> Callable[..., AuditEvent]:
    """Writes an entry about the contract, as the program's services do."""

    def note(
        summary: str, action: str = "figures.entered", by: Any = "the tests", **other: Any
    ) -> AuditEvent:
        with transaction.atomic():
            return record(
                by=by,
                action=action,
                subject=contract,
                summary=summary,
                **{"contract": contract.code, **other},
            )

    return note


@pytest.fixture
def officer(client_officer: Any, signed_in: Callable[[Any], Client]) -> Client:
    return signed_in(client_officer)


def soup_of(client: Client, **query: Any) -> BeautifulSoup:
    response = client.get(TRAIL, query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml")


def summaries(client: Client, **query: Any) -> list[str]:
    cells = soup_of(client, **query).select("table.trail tbody td.figures__words")
    return [str(cell.contents[0]).strip() for cell in cells]


def rows_of(client: Client, **query: Any) -> list[dict[str, str]]:
    response = client.get(FILE, query)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]


# --- what it says


def test_what_happened_to_the_contract_stands_newest_first_with_who_and_when(
    officer: Client, note: Callable[..., AuditEvent], trust_manager: Any
) -> None:
    entry = note("PI4 2020-03 was submitted.", by=trust_manager)

    rows = [text(row) for row in soup_of(officer).select("table.trail tbody tr")]

    when = timezone.localtime(entry.at)
    assert rows[0] == (
        f"{when.day} {when:%B %Y, %H:%M} Trust manager trust-manager PI4 of March 2020 was submitted."
        f" Figures entered, entry {entry.pk}"
    )
    assert "The contract Children's services contract between" in rows[-1]
    assert len(rows) == 2


def test_the_file_says_the_words_of_the_page(officer: Client, note: Any, trust_manager: Any) -> None:
    note("PI8 2020-03 queried.", by=trust_manager)

    [row] = rows_of(officer, words="PI8")
    cell = soup_of(officer, words="PI8").select_one("td.figures__words")
    assert row["in_words"] == "PI8 of March 2020 queried."
    assert cell is not None and cell.get_text().startswith(row["in_words"])


def test_what_a_figure_took_the_place_of_can_be_opened(officer: Client, defined: Any) -> None:
    indicator = Indicator.objects.get(contract=defined, code="PI4")
    for numerator in (90, 80):
        save_figures(
            by=BY,
            contract=defined,
            entries=[
                Entry(indicator, date(2018, 4, 1), Decimal(numerator), Decimal(100), None, "", "returned")
            ],
            state_of=lambda entry: Figure.State.SUBMITTED,
            reason="Counted",
            action="figures.entered",
        )

    opened = [text(one) for one in soup_of(officer, what="entered").select("details li")]

    assert opened == [
        "PI4 of April 2018: 80 of 100, was 90 of 100 (returned)",
        "PI4 of April 2018: 90 of 100 (returned)",
    ]


def test_changed_terms_are_shown_old_and_new(officer: Client, contract: Any, administrator: Any) -> None:
    change_contract(contract=contract, by=administrator, figures_due_working_day=8)

    assert text(soup_of(officer, what="agreed").select_one("details li")) == "figures due working day: 10 → 8"


def test_a_long_change_is_cut_and_the_rest_left_to_the_file(
    officer: Client, note: Callable[..., AuditEvent]
) -> None:
    note("Imported.", changes={"figures": [f"figure {number}" for number in range(1000)]})

    details = soup_of(officer, words="Imported").select_one("details")

    assert details is not None
    assert len(details.select("li")) == 40
    assert "960 more are in the download." in text(details)
    assert "figure 999" in rows_of(officer, words="Imported")[0]["changes"]


# --- what it keeps from others


def test_nothing_of_another_contract_and_of_no_contract_is_shown(
    officer: Client,
    note: Callable[..., AuditEvent],
    other_contract: Any,
    other_trust_manager: Any,
    client_officer: Any,
    signed_in: Callable[[Any], Client],
) -> None:
    note("Theirs alone.", contract=other_contract.code)
    note("Of nobody's contract.", contract="")
    note("Ours.")
    grant_membership(
        user=client_officer, organisation=other_contract.commissioner, role="scrutiny_member", by=BY
    )

    ours = summaries(officer) + [row["summary"] for row in rows_of(officer)]
    theirs = summaries_of_other(signed_in(other_trust_manager), other_contract.code)

    shown = set(AuditEvent.objects.filter(contract_code="sandwell").values_list("summary", flat=True))
    assert set(ours) == shown
    assert "Ours." in ours
    assert theirs[0] == "Theirs alone." and "Ours." not in theirs
    assert not any("member" in words or "sign" in words.lower() for words in ours)
    assert signed_in(other_trust_manager).get(TRAIL).status_code == 404
    assert signed_in(other_trust_manager).get(FILE).status_code == 404


def summaries_of_other(client: Client, code: str) -> list[str]:
    soup = BeautifulSoup(client.get(f"/contracts/{code}/trail/").content, "lxml")
    return [str(cell.contents[0]).strip() for cell in soup.select("table.trail tbody td.figures__words")]


@pytest.mark.parametrize(
    ("action", "group"),
    [("drafts.saved", "entered"), ("draft.discarded", "entered"), ("upload.figures.read", "files")],
)
def test_what_the_trust_does_before_it_submits_is_its_own(
    officer: Client,
    trust_manager: Any,
    signed_in: Callable[[Any], Client],
    note: Callable[..., AuditEvent],
    action: str,
    group: str,
) -> None:
    note("Draft of March 2020 saved: PI4.", action=action, by=trust_manager)

    trust = signed_in(trust_manager)
    for query in ({}, {"words": "Draft"}, {"what": group}, {"who": "trust-manager"}):
        assert "Draft of March 2020 saved: PI4." in summaries(trust, **query)
        assert "Draft of March 2020 saved: PI4." not in summaries(officer, **query)
        assert "Draft of March 2020 saved: PI4." not in str(rows_of(officer, **query))


@pytest.mark.parametrize("role", ["scrutiny_member", "administrator"])
def test_the_trail_is_for_those_who_deal_with_each_other(
    request: pytest.FixtureRequest, signed_in: Callable[[Any], Client], role: str
) -> None:
    client = signed_in(request.getfixturevalue(role))

    assert (client.get(TRAIL).status_code, client.get(FILE).status_code) == (403, 403)


# --- filters


@pytest.fixture
def told(note: Callable[..., AuditEvent], trust_manager: Any, client_officer: Any) -> None:
    note("PI4 submitted.", "figures.submitted", by=trust_manager)
    note("PI4 queried: which team?", "figure.queried", by=client_officer)
    note("PI4 accepted.", "figures.accepted", by=client_officer)
    note("Loaded definitions.", "definitions.loaded")
    note("A meeting was moved.", "meeting.moved", by=client_officer)


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"what": "entered"}, ["PI4 submitted."]),
        ({"what": "answered"}, ["PI4 accepted.", "PI4 queried: which team?"]),
        ({"what": "defined"}, ["Loaded definitions."]),
        ({"what": "other"}, ["A meeting was moved."]),
        ({"who": "TRUST-man"}, ["PI4 submitted."]),
        ({"words": "which TEAM"}, ["PI4 queried: which team?"]),
        ({"words": "PI4", "who": "officer"}, ["PI4 accepted.", "PI4 queried: which team?"]),
        ({"words": "100%"}, []),
        ({"words": "_"}, []),
        ({"last": "2019-01-01"}, []),
    ],
)
def test_filters(officer: Client, query: dict[str, str], expected: list[str]) -> None:
    assert summaries(officer, **query) == expected
    assert [row["summary"] for row in rows_of(officer, **query)] == expected


@pytest.mark.usefixtures("told")
def test_every_kind_together_is_everything(officer: Client) -> None:
    kinds = ("entered", "answered", "defined", "agreed", "other")
    by_kind = [words for kind in kinds for words in summaries(officer, what=kind)]

    assert sorted(by_kind) == sorted(summaries(officer))


def test_days_are_those_of_the_place(officer: Client, note: Callable[..., AuditEvent]) -> None:
    """23:30 of universal time on 14 May is half past midnight on 15 May."""
    entry = note("In the night.")
    with lifted(connection):
        AuditEvent.objects.filter(pk=entry.pk).update(at=datetime(2019, 5, 14, 23, 30, tzinfo=UTC))

    assert summaries(officer, first="2019-05-15", last="2019-05-15") == ["In the night."]
    assert summaries(officer, first="2019-05-14", last="2019-05-14") == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"first": "yesterday"}, "Give From as a day like 2019-05-14"),
        ({"last": "9999-12-31"}, "Give To as a day like 2019-05-14"),
        ({"first": "0001-01-01"}, "Give From as a day like 2019-05-14"),
        ({"first": "2019-05-14", "last": "2019-05-13"}, "The last day comes before the first"),
        ({"what": "purple"}, "Choose what to show from the list"),
        ({"who": "x" * 101}, "at most 100 characters"),
    ],
)
def test_what_can_not_be_understood_is_said_and_shows_nothing(
    officer: Client, note: Callable[..., AuditEvent], query: dict[str, str], words: str
) -> None:
    note("Ours.")
    soup = soup_of(officer, **query)

    assert words in text(soup.select_one(".govuk-error-summary"))
    assert text(soup.title).startswith("Error: ")
    assert soup.select_one("table") is None
    file = officer.get(FILE, query)
    assert (file.status_code, file["Location"].startswith(TRAIL)) == (302, True)


def test_none_found_leads_to_everything(officer: Client, note: Callable[..., AuditEvent]) -> None:
    assert "No entry is in this selection." in text(soup_of(officer, words="nothing like it").main)


# --- length


@pytest.fixture
def long_trail(contract: Any) -> None:
    with transaction.atomic():
        for number in range(1, 121):
            record(
                by=BY,
                action="figures.entered",
                subject=contract,
                contract=contract.code,
                summary=f"Number {number}.",
            )


@pytest.mark.usefixtures("long_trail")
def test_pages_go_back_and_forth_without_a_gap_and_keep_the_filters(officer: Client) -> None:
    seen, address, addresses = [], f"{TRAIL}?words=Number", []
    while address:
        addresses.append(address)
        soup = BeautifulSoup(officer.get(address).content, "lxml")
        seen += [str(cell.contents[0]).strip() for cell in soup.select("td.figures__words")]
        older = soup.find("a", rel="next")
        address = f"{TRAIL}{older['href']}" if older else ""  # type: ignore[index]

    assert seen == [f"Number {number}." for number in range(120, 0, -1)]
    assert len(addresses) == 3 and all("words=Number" in one for one in addresses)
    newer = soup.find("a", rel="prev")
    middle = BeautifulSoup(officer.get(f"{TRAIL}{newer['href']}").content, "lxml")  # type: ignore[index]
    assert str(middle.select("td.figures__words")[0].contents[0]).strip() == "Number 70."


@pytest.mark.parametrize("where", ["before=x", "before=-1", "after=" + "9" * 30, "before=1&after=2"])
def test_a_place_that_there_is_not_breaks_nothing(
    officer: Client, note: Callable[..., AuditEvent], where: str
) -> None:
    note("Ours.")

    assert officer.get(f"{TRAIL}?{where}").status_code == 200


@pytest.mark.usefixtures("long_trail")
@pytest.mark.parametrize("address", [TRAIL, f"{TRAIL}?before=60&words=Number", FILE])
def test_queries_do_not_grow_with_the_trail(officer: Client, address: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = officer.get(address)
        if response.streaming:
            b"".join(response.streaming_content)  # type: ignore[attr-defined]

    assert len(queries) <= 6, [one["sql"][:80] for one in queries]


# --- the file, and the seal


@pytest.mark.usefixtures("long_trail")
def test_the_file_holds_every_entry_of_the_selection(officer: Client) -> None:
    rows = rows_of(officer, words="Number")

    assert [row["summary"] for row in rows] == [f"Number {number}." for number in range(120, 0, -1)]
    assert datetime.fromisoformat(rows[0]["at"]).tzinfo is not None
    assert (rows[0]["who"], rows[0]["action"], len(rows[0]["hash"])) == ("the tests", "figures.entered", 64)


@pytest.mark.parametrize("start", ["=1+1", "+44", "-1+cmd", "@SUM(A1)", "\tx"])
def test_no_text_of_the_file_is_taken_for_a_formula(
    officer: Client, note: Callable[..., AuditEvent], start: str
) -> None:
    note(f"{start} was entered.", by=f"{start} person")

    (row,) = rows_of(officer, words="was entered")
    assert (row["summary"], row["who"]) == (f"'{start} was entered.", f"'{start} person")


def test_words_of_people_are_shown_as_words(officer: Client, note: Callable[..., AuditEvent]) -> None:
    note("PI4 queried: <script>alert(1)</script>", changes={"<b>": ["<i>x</i>"]})

    html = officer.get(TRAIL).content.decode()
    assert "<script>alert" not in html and "<i>x</i>" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_an_entry_that_was_changed_is_told_apart(officer: Client, note: Callable[..., AuditEvent]) -> None:
    note("As it was.")
    touched = note("PI4 was 73%.")
    assert "stands as it was written" in text(soup_of(officer).main)
    with lifted(connection):
        AuditEvent.objects.filter(pk=touched.pk).update(summary="PI4 was 99%.")

    soup = soup_of(officer)

    assert "1 of these entries was changed after it was written." in text(soup.main)
    assert "Changed after it was written." in text(soup.select_one(f"#e{touched.pk}"))
    assert "stands as it was written" not in text(soup.main)
