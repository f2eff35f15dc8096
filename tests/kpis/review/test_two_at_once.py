"""What was revised or answered meanwhile is shown with both values, and no words are lost."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests.kpis.review.pages import MARCH, REVIEW, ask, figure, offered, section
from tests.pages import words
from tests.returning import returned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process")]


def test_the_second_gets_both_values_and_their_own_text(officer, demonstration):
    seen = figure("PI9").latest_id
    returned(demonstration, "PI9,2020-03,41,60,,Recounted,returned\n")
    sent = {"revision": seen, "reason": "Typed with care", "answer_by": "2031-01-01"}

    answer = officer.post(f"{REVIEW}PI9/query/{MARCH}", sent)

    assert answer.status_code == 409
    meanwhile = section(answer, "meanwhile")
    assert "PI9 of March 2020 was revised meanwhile. Nothing was changed" in meanwhile
    assert "What you saw: revision 1" in meanwhile
    assert "What there is now: revision 2 41 of 60 Recounted" in meanwhile
    page = BeautifulSoup(answer.content, "lxml")
    form = page.find(attrs={"aria-labelledby": "ask"}).find("form")
    assert form.find("textarea").get_text().strip() == "Typed with care"
    assert form.find("input", attrs={"name": "answer_by"})["value"] == "2031-01-01"
    assert form.find("input", attrs={"name": "revision"})["value"] == str(figure("PI9").latest_id)
    assert not page.find(id="accept")

    again = sent | {"revision": figure("PI9").latest_id}
    officer.post(f"{REVIEW}PI9/query/{MARCH}", again)
    assert figure("PI9").state == "queried"


def test_an_answer_to_what_was_revised_meanwhile_is_not_lost(officer, manager, demonstration):
    ask(officer, "PI9")
    seen = figure("PI9").latest_id
    returned(demonstration, "PI9,2020-03,41,60,,Recounted,returned\n")

    answer = manager.post(
        f"{REVIEW}PI9/answer/{MARCH}", {"revision": seen, "kind": "explains", "words": "Typed with care"}
    )

    assert answer.status_code == 409
    assert "What you wrote Typed with care" in section(answer, "meanwhile")
    assert offered(manager, "PI9") == set()


def test_accepting_what_was_revised_meanwhile_shows_both(officer, demonstration):
    seen = figure("PI9").latest_id
    returned(demonstration, "PI9,2020-03,41,60,,Recounted,returned\n")

    answer = officer.post(f"{REVIEW}accept/", {"revision": [seen]})

    assert answer.status_code == 409
    assert "What there is now: revision 2 41 of 60" in section(answer, "meanwhile")
    assert "Why it changed: Imported from march.csv" in section(answer, "said")


def test_a_form_without_its_month_keeps_to_the_figure_it_was_sent_from(officer):
    sent = {"revision": figure("PI9").latest_id, "reason": "", "answer_by": ""}

    answer = officer.post(f"{REVIEW}PI9/query/", sent)

    assert "PI9" in words(answer) and "March 2020" in words(answer)
    assert officer.post(f"{REVIEW}PI1/query/", sent).status_code == 404
