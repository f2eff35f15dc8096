"""What was known on a day: the same rules over the revisions that had been entered by its end."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import clock
from core.clock import end_of
from core.values.months import Month
from kpis.definitions.models import Indicator
from kpis.definitions.selectors import all_definitions, bands_of
from kpis.engine.as_at import fresh_on, month_and_strips_known, month_known
from kpis.engine.recompute import recompute
from kpis.engine.selectors import all_readings, freshness, series_readings, strips
from kpis.figures.models import Figure
from kpis.figures.selectors import revisions_by_month
from kpis.figures.services import Entry, save_figures
from parties.participants import Participant, participant_for
from tests.cast import BY
from tests.pages import ADDRESS, codes, links, page, row_of, text

PI4 = f"{ADDRESS}indicators/PI4/"
MAY = "&known=2019-05-14"


@pytest.fixture
def participant(persona: Callable[[str], Any]) -> Participant:
    return participant_for(persona("client-officer"), "sandwell")


def main_of(client: Client, query: str, address: str = ADDRESS) -> str:
    return text(page(client, query, address).main)


# --- the same rules


def wherever_they_stand(rows):
    """The same without where each figure stands between the parties, which is not told of another day."""
    return [(indicator, replace(reading, state="")) for indicator, reading in rows]


def test_what_is_known_today_is_what_the_read_model_says_of_every_month(participant: Participant) -> None:
    now = freshness(participant)
    assert now.first is not None and now.last is not None
    then = fresh_on(participant, now, clock.today(), find_latest=True)

    assert (then.first, then.last, then.latest_reported) == (now.first, now.last, now.latest_reported)
    for month in Month.range(now.first, now.last):
        assert month_known(participant, then, month) == wherever_they_stand(all_readings(participant, month))
    rows, points = month_and_strips_known(participant, then, now.last, 24)
    assert rows == wherever_they_stand(all_readings(participant, now.last))
    assert points == strips(participant, now.last, 24)


def test_and_of_every_indicator(participant: Participant) -> None:
    from kpis.engine.as_at import series_known

    today = clock.today()
    for indicator in all_definitions(participant):
        revisions = revisions_by_month(participant, indicator, end_of(today))
        known = series_known(participant, indicator, bands_of(indicator), revisions, today)
        assert known == series_readings(participant, indicator), indicator.code


# --- the demonstration's months were each entered at noon of the day they were due; April 2019's on 15 May


def test_on_14_may_2019_march_was_known_and_april_was_not(officer: Client) -> None:
    latest, april = page(officer, "?known=2019-05-14"), page(officer, f"?month=2019-04{MAY}")

    assert text(latest.h1) == "March 2019"
    assert text(latest.select_one(".lede")).startswith("7 of 15 on target, 6 within tolerance, 2 failed")
    assert text(april.select_one(".lede")).startswith(
        "0 of 15 on target, 0 within tolerance, 0 failed, 15 not"
    )
    assert "(due on 15 May 2019)" in text(april.select_one(".discuss__missing"))
    assert "overdue" not in text(april.main)
    assert row_of(april, "PI4")["value"] == "–"


def test_a_day_later_april_was_known_too(officer: Client) -> None:
    assert text(page(officer, "?known=2019-05-15").h1) == "April 2019"
    assert row_of(page(officer, "?known=2019-05-15"), "PI4")["value"] == "86.1%"


def test_what_is_missing_is_overdue_as_of_that_day(officer: Client) -> None:
    """PI9 has no figure for October 2019, which was due on 14 November."""
    due, late = (page(officer, f"?month=2019-10&known=2019-11-{day}") for day in (14, 15))

    assert "due on 14 November 2019)" in text(due.select_one(".discuss__missing"))
    assert "due on 14 November 2019, overdue)" in text(late.select_one(".discuss__missing"))


def test_no_month_is_missing_before_it_is_over(officer: Client) -> None:
    soup = page(officer, "?known=2019-05-14")

    options = [str(one["value"]) for one in soup.select("#month option")]
    assert (options[0], options[-1], len(options)) == ("2019-04", "2018-04", 13)
    ends = page(officer, f"?month=2019-04{MAY}")
    assert ends.find("a", rel="next") is None


def test_a_corrected_figure_is_the_old_one_until_the_day_it_was_corrected(officer: Client) -> None:
    """PI4 of January 2020: 355 of 451 on 14 February, 335 of 451 from 2 March on."""
    before, after = (row_of(page(officer, f"?month=2020-01&known=2020-03-0{day}"), "PI4") for day in (1, 2))

    assert (before["value"], before["status"]) == ("78.7%", "A Within tolerance")
    assert "revised" not in before["name"]
    assert (after["value"], after["status"]) == ("74.3%", "R Failed")
    assert after["name"].endswith("revised, was 78.7%")
    assert row_of(page(officer, "?month=2020-01"), "PI4")["value"] == "74.3%"


def test_a_run_and_an_average_are_those_of_then(officer: Client) -> None:
    """85.68…% in December, then 78.7% or 74.3%: the change differs, and the mean of twelve months by 4.43 / 12."""
    before, after = (row_of(page(officer, f"?month=2020-01&known=2020-03-0{day}"), "PI4") for day in (1, 2))

    assert (before["change"], after["change"]) == ("↓ Worse by 7.0 points", "↓ Worse by 11.4 points")
    assert (before["average"], after["average"]) == ("83.6%", "83.2%")


# --- the day ends at midnight of the place


@pytest.fixture
def entered(
    defined: Any, client_officer: Any, signed_in: Callable[[Any], Client]
) -> Callable[[datetime], Client]:
    """One figure of April 2018, entered at a moment, as an officer's client sees it."""

    def entered(at: datetime) -> Client:
        indicator = Indicator.objects.get(contract=defined, code="PI4")
        numbers = (Decimal(90), Decimal(100), None)
        entry = Entry(indicator, date(2018, 4, 1), *numbers, "", "returned", entered_at=at)
        save_figures(
            by=BY,
            contract=defined,
            entries=[entry],
            state_of=lambda entry: Figure.State.SUBMITTED,
            reason="Entered",
            action="figures.entered",
        )
        recompute(trigger="write")
        return signed_in(client_officer)

    return entered


@pytest.mark.parametrize(
    ("at", "known"),
    [
        (datetime(2018, 5, 14, 22, 59, 59, tzinfo=UTC), "90.0%"),
        (datetime(2018, 5, 14, 23, 0, tzinfo=UTC), "–"),
        (datetime(2018, 5, 14, 23, 30, tzinfo=UTC), "–"),
    ],
)
def test_an_hour_before_midnight_of_universal_time_the_summer_day_is_over(
    entered: Callable[[datetime], Client], at: datetime, known: str
) -> None:
    client = entered(at)

    assert row_of(page(client, "?month=2018-04&known=2018-05-14"), "PI4")["value"] == known
    assert row_of(page(client, "?month=2018-04&known=2018-05-15"), "PI4")["value"] == "90.0%"


def test_a_figure_of_another_contract_is_not_known_here(
    demonstration: Any, other_contract: Any, officer: Client
) -> None:
    before = main_of(officer, "?known=2019-05-14")
    theirs = Indicator.objects.get(contract=demonstration, code="PI4")
    theirs.pk, theirs.contract = None, other_contract
    theirs.save()
    at = datetime(2019, 4, 1, tzinfo=UTC)
    numbers = (Decimal(1), Decimal(100), None)
    save_figures(
        by=BY,
        contract=other_contract,
        entries=[Entry(theirs, date(2019, 3, 1), *numbers, "", "returned", entered_at=at)],
        state_of=lambda entry: Figure.State.SUBMITTED,
        reason="Entered",
        action="figures.entered",
    )
    recompute(trigger="write")

    assert main_of(officer, "?known=2019-05-14") == before


# --- how it is asked and said


def test_the_page_says_the_day_and_leads_back_to_today(officer: Client) -> None:
    soup = page(officer, f"?month=2019-03{MAY}&sort=run")

    assert text(soup.select_one(".as-known")) == (
        "As known on 14 May 2019 , from what had been entered by the end of that day. The bands are those of today."
        " Show what is known today"
    )
    assert soup.select_one(".as-known a")["href"] == "?month=2019-03&sort=run"  # type: ignore[index]
    assert soup.select_one(".computed") is None
    assert page(officer).select_one(".as-known") is None


@pytest.mark.parametrize("query", ["?month=2019-03&sort=run", f"?month=2019-03&sort=run{MAY}"])
def test_the_form_asks_for_another_day_and_keeps_the_rest(officer: Client, query: str) -> None:
    form = page(officer, query).select_one(".as-known-form form")

    assert form is not None
    kept = {str(one["name"]): one["value"] for one in form.select("input[type=hidden]")}
    assert kept == {"month": "2019-03", "sort": "run"}
    asked = form.select_one("#known")
    assert asked is not None
    assert (asked["min"], asked["max"]) == ("2018-05-01", clock.today().isoformat())
    assert asked["value"] == ("2019-05-14" if "known" in query else "")


def test_every_link_to_a_page_of_figures_keeps_the_day(officer: Client) -> None:
    for address in (ADDRESS, f"{ADDRESS}heat-map/", PI4):
        soup = page(officer, f"?month=2019-02{MAY}", address)
        inside = [
            str(link["href"])
            for link in soup.select("main a[href], .sections a[href]")
            if re.search(r"^\?|/(indicators|heat-map)/|dashboard.csv|sandwell/\?", str(link["href"]))
            and "as-known" not in str(link.parent.parent.get("class"))  # type: ignore[union-attr]
        ]
        assert inside
        assert [href for href in inside if "known=2019-05-14" not in href] == []
        kept = {str(one["name"]): one["value"] for one in soup.select(".month-picker input[type=hidden]")}
        assert kept["known"] == "2019-05-14"


def test_filters_keep_the_day(officer: Client) -> None:
    soup = page(officer, f"?month=2019-03{MAY}&status=failure")

    assert codes(soup) == ["PI4", "PI9"]
    assert links(soup, "Status")["all"] == "?month=2019-03&known=2019-05-14#indicators"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("yesterday", "“yesterday” is not a day. Write year, month and day like 2019-05-14."),
        ("2019-5-14", "“2019-5-14” is not a day."),
        ("20190514", "“20190514” is not a day."),
        ("٢٠١٩-٠٥-١٤", "is not a day."),
        ("9" * 5000, "is not a day."),
        ("2019-02-30", "There is no day 2019-02-30."),
        ("0000-01-01", "There is no day 0000-01-01."),
        ("2018-04-30", "On 30 April 2018 no month of this contract was over, so no figure was known."),
        ("0001-01-01", "On 1 January 1 no month of this contract was over"),
        ("9999-12-31", "31 December 9999 is still to come, so nobody can say what will be known then."),
    ],
)
@pytest.mark.parametrize(
    "path", ["", "dashboard.csv", "heat-map/", "indicators/PI4/", "indicators/PI4/figures.csv"]
)
def test_a_day_that_there_is_not_is_said_in_words(officer: Client, path: str, day: str, words: str) -> None:
    response = officer.get(f"{ADDRESS}{path}", {"month": "2019-03", "known": day})

    soup = BeautifulSoup(response.content, "lxml")
    assert response.status_code == 404
    assert words in text(soup.select_one(".lede"))
    assert "Choose a day from 1 May 2018 to today." in text(soup.select_one(".lede"))
    assert len(response.content) < 20_000


def test_an_empty_day_is_today(officer: Client) -> None:
    assert page(officer, "?month=2019-03&known=").select_one(".as-known") is None


def test_the_first_day_on_which_a_month_was_over(officer: Client) -> None:
    soup = page(officer, "?known=2018-05-01")

    assert text(soup.h1) == "April 2018"
    assert "15 not reported" in text(soup.select_one(".lede"))


def test_a_month_after_the_day_is_not_among_those_known_then(officer: Client) -> None:
    response = officer.get(f"{ADDRESS}?month=2019-05{MAY}")

    soup = BeautifulSoup(response.content, "lxml")
    assert response.status_code == 404
    assert "May 2019 is not among the months of this contract as known on 14 May 2019." in text(soup.main)
    assert len(soup.select(".month-list a")) == 13
    assert {str(link["href"])[-17:] for link in soup.select(".month-list a")} == {"&known=2019-05-14"}


# --- the other pages and the files


def test_the_indicators_page_shows_only_what_had_been_entered(officer: Client) -> None:
    soup = page(officer, "?month=2020-01&known=2020-03-01", PI4)

    assert text(soup.select_one(".lede")).startswith("In January 2020 it was 78.7% (355 of 451 assessments).")
    rows = soup.select("table.history tbody tr")
    assert (len(rows), text(rows[0].th), text(rows[1].th)) == (
        23,
        "February 2020",
        "January 2020 illustrative",
    )
    assert "Revision 1" in text(rows[1]) and "details" not in str(rows[1])
    assert "23 months from April 2018 to February 2020" in str(soup.select_one("figure.chart"))
    assert "78.7%" in soup.select_one("#chart-figure").string  # type: ignore[union-attr,operator]


def test_a_measure_without_any_figure_then_says_so(officer: Client) -> None:
    assert "there is no figure yet" in main_of(officer, "?known=2018-05-02", f"{ADDRESS}indicators/SM3/")


def test_the_heat_map_of_then(officer: Client) -> None:
    soup = page(officer, "?month=2020-01&known=2020-03-01", f"{ADDRESS}heat-map/")

    last = {text(row.th): text(row.select("td")[-1]) for row in soup.select("tbody tr")}
    assert last["PI4 Assessments within 45 working days"].startswith("A within tolerance")
    assert len(soup.select("thead a")) == 22


def test_the_months_file_of_then(officer: Client) -> None:
    response = officer.get(f"{ADDRESS}dashboard.csv?month=2020-01&known=2020-03-01")

    rows = {
        row["indicator"]: row for row in csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    }
    assert (rows["PI4"]["numerator"], rows["PI4"]["status"]) == ("355", "within_tolerance")
    assert 'filename="sandwell-2020-01-as-known-on-2020-03-01.csv"' in response["Content-Disposition"]


def test_the_indicators_file_of_then(officer: Client) -> None:
    before, after = (
        list(csv.DictReader(io.StringIO(officer.get(f"{PI4}figures.csv{query}").content.decode("utf-8-sig"))))
        for query in ("?known=2020-03-01", "")
    )

    assert (len(before), before[-1]["month"], before[-1]["numerator"]) == (22, "2020-01", "355")
    assert (len(after), after[21]["numerator"]) == (24, "335")


def test_programs_may_ask_as_well(officer: Client) -> None:
    statuses = "/api/v1/contracts/sandwell/statuses/"
    then = officer.get(f"{statuses}?month=2020-01&known=2020-03-01").json()["results"]
    latest = officer.get(f"{statuses}?known=2019-05-14").json()["results"]
    refused = officer.get(f"{statuses}?known=tomorrow")

    assert {row["indicator"]: row["numerator"] for row in then}["PI4"] == "355"
    assert {row["month"] for row in latest} == {"2019-03"}
    assert (refused.status_code, "is not a day" in refused.content.decode()) == (400, True)


# --- how it is kept, and what it costs


def test_each_day_is_a_page_of_its_own_to_the_cache_and_to_browsers(officer: Client) -> None:
    addresses = [f"{ADDRESS}?month=2020-01{day}" for day in ("", "&known=2020-03-01", "&known=2020-03-02")]
    first = [officer.get(address) for address in addresses]
    again = [officer.get(address) for address in addresses]

    assert len({one["ETag"] for one in first}) == 3
    assert [one.content for one in first] == [one.content for one in again]
    for one, address in zip(first, addresses, strict=True):
        assert officer.get(address, headers={"If-None-Match": one["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("address", "most"),
    [
        (f"{ADDRESS}?month=2019-03{MAY}", 8),
        (f"{ADDRESS}?known=2019-05-14", 9),
        (f"{ADDRESS}heat-map/?month=2019-03{MAY}", 8),
        (f"{PI4}?month=2019-03{MAY}", 10),
        (f"{ADDRESS}dashboard.csv?month=2019-03{MAY}", 8),
        (f"{PI4}?month=2019-03", 11),
    ],
)
def test_queries(officer: Client, address: str, most: int) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert officer.get(address).status_code == 200

    assert len(queries) <= most, [one["sql"][:80] for one in queries]


@pytest.mark.parametrize("role", ["scrutiny-member", "administrator"])
@pytest.mark.parametrize("path", ["", "dashboard.csv", "heat-map/", "indicators/PI4/"])
def test_who_sees_no_figure_now_sees_none_of_then(
    persona: Callable[[str], Any], signed_in: Callable[[Any], Client], role: str, path: str
) -> None:
    assert signed_in(persona(role)).get(f"{ADDRESS}{path}?month=2019-03{MAY}").status_code == 403
