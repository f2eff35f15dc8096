"""Two people type one month: neither overwrites the other unseen."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from core import clock
from kpis.importing.given_file import GivenFile
from kpis.importing.one_contract import check_file, import_figures
from kpis.returns.models import Draft
from tests.cast import BY
from tests.kpis.returns.pages import APRIL, GOOD, figure, send
from tests.pages import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process", "years_later", "april")]


# --- two at once


def test_two_people_change_one_figure_and_the_second_sees_both(manager, colleague):
    first, second = manager.get(APRIL), colleague.get(APRIL)
    send(manager, {"PI1-numerator": "100", "PI1-denominator": "200"}, begun=first)

    answer = send(colleague, {"PI1-numerator": "111", "PI3-numerator": "5"}, begun=second)

    assert answer.status_code == 409
    assert "Trust manager saved this meanwhile" in words(answer) and "100 of 200" in words(answer)
    page = BeautifulSoup(answer.content, "lxml")
    assert page.find(id="id_PI1-numerator")["value"] == "111"
    assert page.find(id="id_PI3-numerator")["value"] == "5"
    assert Draft.objects.get().numerator == "100"

    kept = send(colleague, {}, begun=answer, follow=True)

    assert "Draft saved: 2 indicators changed." in words(kept)
    assert Draft.objects.get(indicator__code="PI1").numerator == "111"


def test_two_people_change_two_figures_and_both_are_kept(manager, colleague):
    first, second = manager.get(APRIL), colleague.get(APRIL)
    send(manager, {"PI1-numerator": "100"}, begun=first)
    answer = send(colleague, {"PI3-numerator": "5"}, begun=second)

    assert answer.status_code == 302
    assert set(Draft.objects.values_list("indicator__code", "numerator")) == {("PI1", "100"), ("PI3", "5")}


def test_a_figure_submitted_meanwhile_is_not_overwritten_unseen(manager, colleague):
    second = colleague.get(APRIL)
    send(manager, GOOD, "submit:PI1")

    answer = send(colleague, {"PI1-numerator": "5", "PI1-denominator": "600"}, "submit:PI1", begun=second)

    assert answer.status_code == 409
    assert "483 of 600" in words(answer)
    assert figure("PI1").latest.numerator == 483


# --- what was not seen is not submitted


def test_a_draft_that_a_colleague_saved_meanwhile_is_not_submitted_unseen(manager, colleague):
    begun = manager.get(APRIL)
    send(colleague, GOOD)

    answer = send(manager, {}, "submit", begun=begun)

    assert answer.status_code == 409
    assert "Colleague saved this meanwhile" in words(answer) and "483 of 600" in words(answer)
    assert figure("PI1") is None
    assert "1 figure submitted" in words(send(manager, {}, "submit", begun=answer, follow=True))


def test_a_revision_that_came_after_the_draft_was_begun_is_seen_before_it_is_replaced(manager, april):
    send(manager, GOOD, "submit")
    send(manager, {"PI1-numerator": "480", "PI1-change_reason": "Recounted."})
    content = (
        b"indicator,month,numerator,denominator,value,commentary,provenance\nPI1,2020-04,470,600,,,returned\n"
    )
    april.refresh_from_db()
    checked = check_file(GivenFile("april.csv", content), contract=april, today=clock.today())
    import_figures(by=BY, contract=april, checked=checked, file_name="april.csv")

    answer = send(manager, {}, "submit")

    assert answer.status_code == 409
    assert figure("PI1").latest.numerator == 470
    again = send(manager, {}, "submit", begun=answer)
    if again.status_code == 200:
        codes = re.findall(r'name="PI1-answer-([a-z-]+)"', again.content.decode())
        send(manager, {f"PI1-answer-{code}": "Yes" for code in codes}, "submit", begun=again)
    assert figure("PI1").latest.numerator == 480
