"""Who may see the page of one indicator, what it costs, and how it is kept."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.values.months import Month
from kpis.figures.models import FigureRevision
from parties.models import Contract
from tests.kpis.entering import entry, save
from tests.kpis.indicator_page.pages import address
from tests.pages import words as text

# --- who may see it


@pytest.mark.parametrize("suffix", ["", "figures.csv", "values.csv"])
def test_who_may_open_it(demonstration, persona, signed_in, client, suffix):
    def status(username):
        return signed_in(persona(username)).get(address("PI9", suffix)).status_code

    assert status("client-officer") == 200
    assert status("trust-manager") == 200
    assert status("scrutiny-member") == 403
    assert status("administrator") == 403
    assert client.get(address("PI9", suffix)).status_code == 302


@pytest.mark.parametrize("suffix", ["", "figures.csv", "values.csv"])
def test_another_contracts_people_do_not_find_it(demonstration, other_trust_manager, signed_in, suffix):
    assert signed_in(other_trust_manager).get(address("PI9", suffix)).status_code == 404


# --- what it costs


def _months(contract, count):
    """So many months of one indicator, all that the contract has."""
    last = Month(2020, 3)
    Contract.objects.filter(pk=contract.pk).update(starts_on=last.previous(count - 1).first_day)
    contract.refresh_from_db()
    indicator = contract.indicators.get(code="PI9")
    save(
        contract,
        *(
            entry(indicator, str(last.previous(back)), 70 + back % 9, 100, commentary="Said.")
            for back in range(count)
        ),
    )


@pytest.mark.parametrize("count", [1, 12, 120])
def test_ten_queries_and_one_of_the_plans_whatever_the_number_of_months(
    defined, client_officer, signed_in, count
):
    _months(defined, count)
    client = signed_in(client_officer)

    with CaptureQueriesContext(connection) as queries:
        response = client.get(address("PI9"))

    assert len(BeautifulSoup(response.content, "lxml").select(".history tbody tr")) == count
    assert len(queries) == 11


def test_a_kept_page_costs_what_the_reader_costs(officer):
    first = officer.get(address("PI9"))

    with CaptureQueriesContext(connection) as queries:
        again = officer.get(address("PI9"))
        unchanged = officer.get(address("PI9"), headers={"If-None-Match": first["ETag"]})

    assert again.content == first.content
    assert unchanged.status_code == 304
    # Each visit asks the plans once what they add, because a kept page holds it.
    assert len(queries) == 10


def test_a_new_figure_turns_the_page(demonstration, officer):
    before = officer.get(address("PI9"))
    save(demonstration, entry(demonstration.indicators.get(code="PI9"), "2020-03", 50, 62))

    after = officer.get(address("PI9"))

    assert after["ETag"] != before["ETag"]
    assert "80.6%" in text(after)


def test_what_people_write_is_shown_as_text(demonstration, officer):
    save(
        demonstration,
        entry(demonstration.indicators.get(code="PI9"), "2020-03", 46, 62, commentary="<b>bold</b> & more"),
    )

    response = officer.get(address("PI9"))

    assert "&lt;b&gt;bold&lt;/b&gt; &amp; more" in response.content.decode()
    assert FigureRevision.objects.filter(commentary="<b>bold</b> & more").count() == 1
    assert not re.search(r"<b>bold", response.content.decode())
