"""The council's query, its acceptance and the Trust's answer, sent when the session had ended."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from kpis.review.models import Step
from parties.sessions import SEEN
from tests.kpis.review.pages import MARCH, REVIEW, ask, figure, reply
from tests.pages import sent_by, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process")]

QUERY = "/contracts/sandwell/review/PI9/query/?month=2020-03"
ANSWER = "/contracts/sandwell/review/PI9/answer/?month=2020-03"


@pytest.fixture(autouse=True)
def the_demonstrations_door(settings):
    settings.ROOT_URLCONF = "tests.access.demonstration_urls"
    settings.IS_DEMO = True


def ended(client):
    session = client.session
    session[SEEN] -= 3601
    session.save()
    return client


def sign_in(client, page, username):
    return client.post(
        reverse("continue-as"), sent_by(page, "/sign-in/") | {"persona": username}, follow=True
    )


def test_a_query_is_asked_once_and_only_when_it_is_sent_again(officer):
    page = ask(ended(officer), "PI9", "Which team was it?", follow=True)

    back = sign_in(officer, page, "client-officer")

    assert "You typed it yourself" in words(back)
    assert "“query, PI9, March 2020”" in words(back)
    assert "What do you ask about? Which team was it? Answer by 27 April 2020" in words(back)
    assert not Step.objects.filter(figure=figure("PI9"), words__contains="Which").exists()
    sent = sent_by(back, QUERY) | {"reason": "Which of the two teams was it?"}
    for _ in range(2):
        officer.post(QUERY, sent)
    assert figure("PI9").state == "queried"
    assert Step.objects.get(words__contains="Which").words == "Which of the two teams was it?"


def test_an_answer_is_kept_as_well(officer, manager):
    ask(officer, "PI9")
    page = reply(ended(manager), "PI9", "disputes", "It was the east team.", follow=True)

    back = sign_in(manager, page, "trust-manager")

    assert "Your answer Dispute the query What, why, what next, by when It was" in words(back)
    sent = sent_by(back, ANSWER)
    assert (sent["kind"], sent["words"]) == (["disputes"], ["It was the east team."])
    manager.post(ANSWER, sent)
    assert figure("PI9").state == "disputed"


def test_an_acceptance_leads_back_to_its_month(officer):
    form = BeautifulSoup(officer.get(f"{REVIEW}PI9/{MARCH}").content, "lxml").select_one("#accept ~ form")
    page = ended(officer).post(form["action"], {"revision": figure("PI9").latest_id}, follow=True)

    back = sign_in(officer, page, "client-officer")

    assert "“Accept”, was not done, and nothing was changed" in words(back)
    assert figure("PI9").state == "submitted"
    link = BeautifulSoup(back.content, "lxml").main.select_one("a.govuk-button")["href"]
    assert "Review of March 2020" in words(officer.get(link, follow=True))
