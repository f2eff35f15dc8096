"""How we measure, for every role: definitions and rules, and not one figure."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kpis.definitions.models import BandVersion, Indicator, PublishedStatistic
from kpis.engine.models import IndicatorStatus

PAGE = "/contracts/sandwell/how-we-measure/"
CODES = [f"PI{number}" for number in range(1, 16)] + [f"SM{number}" for number in range(1, 6)]
NUMBER = re.compile(r"\d[\d,]*\.\d+|\d[\d,]*")


@pytest.fixture
def opened(persona, signed_in):
    def open_as(username):
        response = signed_in(persona(username)).get(PAGE)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "lxml")

    return open_as


def words(page):
    return " ".join(page.find("main").get_text(" ").split())


@pytest.mark.parametrize("username", ["client-officer", "trust-manager", "scrutiny-member", "administrator"])
def test_every_role_reads_every_definition(opened, username):
    page = opened(username)

    for code in CODES:
        assert page.find("h3", id=code.lower()) is not None


def test_definitions_stand_under_their_theme(opened):
    page = opened("scrutiny-member")

    themes = [section.find("h2").get_text() for section in page.select("section[aria-labelledby^=theme-]")]

    assert themes == ["Front door", "Protection", "In care", "Workforce", "Quality", "Supporting measures"]
    front_door = page.find("h2", id="theme-front-door").find_parent("section")
    assert [one["id"] for one in front_door.find_all("h3")] == ["pi1", "pi4", "pi5"]


def test_bands_stand_as_printed_and_in_words(opened):
    article = opened("scrutiny-member").find("h3", id="pi14").find_parent("article")

    row = [cell.get_text() for cell in article.select(".bands tbody td")]

    printed = BandVersion.objects.get(indicator__code="PI14")
    assert row[:3] == [printed.target_text, printed.tolerance_text, printed.failure_text]
    assert row[3].startswith(
        "Less than 18.5 is on target; more than 23 is failure; anything else is within tolerance."
    )


SAID = [
    "a month exactly on the target is within tolerance",
    "exactly on that limit, which the contract puts in no band, is within tolerance too",
    "the mean of the months",
    "no real change",
    "the count starts anew after the gap",
    "multi-agency safeguarding hub",
    "Initial child protection conference",
    "Section 47 of the Children Act 1989",
    "Child in need",
    "looked-after children",
    "Independent reviewing officer",
    "Local authority designated officer",
    "Assessed and Supported Year in Employment",
]


def test_rules_and_abbreviations_are_in_words(opened):
    page = words(opened("scrutiny-member")).lower()

    assert [said for said in SAID if said.lower() not in page] == []


def test_a_scrutiny_member_finds_no_figure(opened):
    """Whatever number stands on the page is one of a definition: of its words, its limits or its local aim."""
    page = opened("scrutiny-member")
    shown = set(NUMBER.findall(words(page)))

    figures = set()
    for row in IndicatorStatus.objects.exclude(value=None):
        figures |= {f"{row.value:.{places}f}" for places in (1, 2)}
        figures |= {
            f"{count.normalize():f}" for count in (row.numerator, row.denominator) if count and count > 100
        }
    limits = {
        f"{limit.normalize():f}"
        for band in BandVersion.objects.all()
        for limit in (band.target_value, band.tolerance_value, band.failure_value)
    }

    assert len(figures) > 500
    assert shown & figures <= limits


def test_a_scrutiny_member_finds_no_published_statistic(opened):
    shown = set(NUMBER.findall(words(opened("scrutiny-member"))))
    printed = {
        one.printed_text.removesuffix("%")
        for one in PublishedStatistic.objects.all()
        if "." in one.printed_text or len(one.printed_text) > 2
    }
    limits = {f"{band.target_value.normalize():f}" for band in BandVersion.objects.all()}

    assert len(printed) > 60
    assert shown & printed <= limits


def test_a_scrutiny_member_gets_no_way_to_the_figures(opened):
    page = opened("scrutiny-member")

    assert not page.select("a[href*='/indicators/']")
    assert "When statuses were computed" not in words(page)


def test_those_who_see_figures_get_links_and_the_latest_runs(demonstration, opened):
    from kpis.engine.recompute import recompute

    for _ in range(2):
        recompute(trigger="command", contract_ids=[demonstration.pk])

    page = opened("client-officer")

    assert page.find("a", string="Every month of PI9")["href"] == "/contracts/sandwell/indicators/PI9/"
    assert "When statuses were computed" in words(page)
    assert "Command line 421 computed, 0 changed" in words(page)


def test_without_definitions_it_says_how_they_get_here(contract, client_officer, signed_in):
    response = signed_in(client_officer).get(PAGE)

    assert b"No definition is loaded yet." in response.content
    assert not Indicator.objects.exists()


def test_out_of_scope_and_signed_out(demonstration, other_trust_manager, signed_in, client):
    assert signed_in(other_trust_manager).get(PAGE).status_code == 404
    assert client.get(PAGE).status_code == 302


def test_it_costs_seven_queries(persona, signed_in):
    client = signed_in(persona("client-officer"))

    with CaptureQueriesContext(connection) as queries:
        client.get(PAGE)

    assert len(queries) == 7


def test_the_administration_leads_to_the_definition_and_not_to_figures(demonstration, persona, signed_in):
    client = signed_in(persona("administrator"))
    indicator = demonstration.indicators.get(code="PI9")

    html = client.get(f"/admin/kpis/indicator/{indicator.pk}/change/").content.decode()

    address = "/contracts/sandwell/how-we-measure/#pi9"
    assert f'href="{address}"' in html
    assert client.get(address).status_code == 200
