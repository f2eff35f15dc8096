"""How the dashboard is kept, how much it costs, and who may see it."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kpis.definitions.models import Indicator
from kpis.engine.models import IndicatorStatus
from kpis.engine.recompute import recompute
from kpis.figures.services import Entry, save_figures
from kpis.versions.models import FiguresVersion
from tests.pages import ADDRESS, page, row_of, text


def test_nothing_personal_and_no_form_token_on_the_page(
    officer: Client, persona: Callable[[str], Any]
) -> None:
    html = officer.get(ADDRESS).content.decode()

    assert "csrf" not in html
    assert persona("client-officer").username not in html


def test_a_browser_that_has_the_page_is_told_so(officer: Client) -> None:
    first = officer.get(ADDRESS)

    again = officer.get(ADDRESS, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert officer.get(f"{ADDRESS}?month=2019-03")["ETag"] != first["ETag"]


def test_a_new_figure_turns_the_page_over(
    officer: Client, persona: Callable[[str], Any], demonstration: Any
) -> None:
    before = officer.get(f"{ADDRESS}?month=2020-03")
    assert b"1 not reported" in before.content
    indicator = Indicator.objects.get(code="PI12")

    entry = Entry(indicator, date(2020, 3, 1), Decimal(90), Decimal(100), None, "", "returned")
    save_figures(
        by=persona("trust-manager"),
        contract=demonstration,
        entries=[entry],
        state_of=lambda entry: "submitted",
        reason="Came late",
        action="figure.entered",
    )
    recompute(trigger="write", contract_ids=[indicator.contract_id])
    after = officer.get(f"{ADDRESS}?month=2020-03", headers={"If-None-Match": before["ETag"]})

    assert after.status_code == 200
    assert "0 not reported" in after.content.decode()
    assert row_of(BeautifulSoup(after.content, "lxml"), "PI12")["value"] == "90.0%"


def test_newer_figures_on_their_way_are_said_so(officer: Client, demonstration: Any, settings: Any) -> None:
    settings.CELERY_ON = True  # a worker computes them
    FiguresVersion.objects.filter(contract=demonstration).update(current=10_000)

    assert "newer figures are being computed" in text(page(officer).select_one(".computed"))


def test_as_computed_in_the_time_of_the_place(officer: Client, demonstration: Any) -> None:
    FiguresVersion.objects.filter(contract=demonstration).update(
        computed_at=datetime(2019, 4, 12, 8, 14, tzinfo=UTC)
    )

    assert text(page(officer).select_one(".computed")).startswith("As computed at 12 April 2019, 09:14 ·")


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def _as_if_for_ten_years(contract: Any) -> None:
    """Repeats the stored statuses backwards until there are 120 months."""
    added = []
    for row in IndicatorStatus.objects.filter(month__gte=date(2018, 4, 1)):
        for years in (2, 4, 6, 8):
            copied = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
            copied |= {"id": None, "month": row.month.replace(year=row.month.year - years)}
            added.append(IndicatorStatus(**copied))
    IndicatorStatus.objects.filter(month__lt=date(2018, 4, 1)).delete()
    IndicatorStatus.objects.bulk_create(added)
    FiguresVersion.objects.filter(contract=contract).update(first_month=date(2010, 4, 1), generation=99)


def test_query_budget_is_the_same_for_two_and_for_ten_years(officer: Client, demonstration: Any) -> None:
    two_years = [_queries(officer, ADDRESS + more) for more in ("?month=2019-03", "heat-map/?month=2019-03")]
    _as_if_for_ten_years(demonstration)
    ten_years = [_queries(officer, ADDRESS + more) for more in ("?month=2019-03", "heat-map/?month=2019-03")]

    assert two_years == ten_years == [6, 6]
    assert _queries(officer, f"{ADDRESS}?month=2019-03") == 4


@pytest.mark.parametrize("month", ["2019-03", "2020-03"])
def test_the_page_stays_within_fourteen_kilobytes(officer: Client, month: str) -> None:
    response = officer.get(f"{ADDRESS}?month={month}", headers={"Accept-Encoding": "gzip"})

    assert response["Content-Encoding"] == "gzip"
    assert b"</html>" in gzip.decompress(response.content)
    assert len(response.content) <= 14 * 1024


@pytest.mark.parametrize("role", ["scrutiny-member", "administrator"])
@pytest.mark.parametrize("path", ["", "dashboard.csv", "heat-map/"])
def test_who_sees_no_figure_before_it_is_issued(
    persona: Callable[[str], Any], signed_in: Callable[[Any], Client], role: str, path: str
) -> None:
    response = signed_in(persona(role)).get(f"{ADDRESS}{path}?month=2019-03")

    assert response.status_code == 403
    assert b"48.3" not in response.content


def test_both_parties_see_the_same_figures(
    officer: Client, persona: Callable[[str], Any], signed_in: Callable[[Any], Client]
) -> None:
    trust = signed_in(persona("trust-manager"))

    assert text(page(trust).main) == text(page(officer).main)
    assert text(page(trust).select_one(".masthead__account")) == "Your account: Trust manager"


def test_a_contract_without_figures_says_what_will_be_here(
    defined: Any, client_officer: Any, signed_in: Callable[[Any], Client]
) -> None:
    FiguresVersion.objects.filter(contract=defined).delete()

    response = signed_in(client_officer).get(ADDRESS)

    assert response.status_code == 200
    assert "Nothing is computed yet" in response.content.decode()


def test_a_month_without_any_figure_counts_all_as_not_reported(
    defined: Any, client_officer: Any, signed_in: Callable[[Any], Client]
) -> None:
    recompute(trigger="write")

    soup = page(signed_in(client_officer), "?month=2018-04")

    assert text(soup.select_one(".lede")).startswith(
        "0 of 15 on target, 0 within tolerance, 0 failed, 15 not reported;"
    )
    assert len(soup.select(".tile")) == 4


def test_reports_page_is_for_those_who_read_issued_ones(
    persona: Callable[[str], Any], signed_in: Callable[[Any], Client], officer: Client
) -> None:
    scrutiny = signed_in(persona("scrutiny-member"))

    assert "No report has been issued yet" in scrutiny.get(f"{ADDRESS}reports/").content.decode()
    assert officer.get(f"{ADDRESS}reports/").status_code == 403


@pytest.mark.parametrize("path", ["", "dashboard.csv", "heat-map/"])
def test_only_reading_is_answered(officer: Client, path: str) -> None:
    assert officer.post(ADDRESS + path).status_code == 405
    assert officer.head(ADDRESS + path).status_code == 200


def test_a_contract_without_indicators_says_how_they_get_here(
    contract: Any, client_officer: Any, signed_in: Callable[[Any], Client]
) -> None:
    recompute(trigger="write")
    client = signed_in(client_officer)

    for path in ("", "heat-map/", "dashboard.csv"):
        response = client.get(ADDRESS + path)
        assert response.status_code == 200
        assert "No indicators yet" in response.content.decode()
        assert "began on 1 April 2018" in response.content.decode()
