"""The month as a file, for machines and for spreadsheets."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from django.test import Client

from kpis.definitions.models import Indicator

ADDRESS = "/contracts/sandwell/dashboard.csv"


def rows(client: Client, month: str) -> dict[str, dict[str, str]]:
    response = client.get(f"{ADDRESS}?month={month}")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return {
        row["indicator"]: row for row in csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    }


def test_a_month_holds_fifteen_indicators_and_five_measures(officer: Client) -> None:
    found = rows(officer, "2019-03")

    assert [one for one in found if one.startswith("PI")] == [f"PI{number}" for number in range(1, 16)]
    assert [one for one in found if one.startswith("SM")] == [f"SM{number}" for number in range(1, 6)]
    assert {row["month"] for row in found.values()} == {"2019-03"}


def test_numbers_are_exact_and_changes_keep_their_sign(officer: Client) -> None:
    row = rows(officer, "2019-03")["PI4"]

    assert (row["numerator"], row["denominator"], row["value"]) == ("355", "479", "74.11273486")
    assert Decimal(row["change"]) < 0
    assert (row["status"], row["direction_of_travel"], row["target"]) == ("failure", "worse", "85")
    assert (row["provenance"], rows(officer, "2019-03")["PI2"]["provenance"]) == ("illustrative", "published")


def test_unknown_is_empty_and_never_zero(officer: Client) -> None:
    row = rows(officer, "2020-03")["PI12"]

    unknown = ["numerator", "denominator", "value", "display", "months_off_target", "change", "provenance"]
    assert [row[name] for name in unknown] == [""] * len(unknown)
    assert (row["status"], row["overdue"], row["due_on"]) == ("not_reported", "true", "2020-04-16")


def test_the_file_is_named_after_contract_and_month(officer: Client) -> None:
    response = officer.get(f"{ADDRESS}?month=2019-03")

    assert response["Content-Disposition"] == 'attachment; filename="sandwell-2019-03.csv"'


def test_a_name_that_starts_a_formula_is_only_text(officer: Client) -> None:
    Indicator.objects.filter(code="PI1").update(short_name='=HYPERLINK("http://example.org","x")')

    assert rows(officer, "2019-03")["PI1"]["short_name"] == '\'=HYPERLINK("http://example.org","x")'
