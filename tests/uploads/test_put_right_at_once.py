"""Two people put the same refused rows right: one wins, and the other keeps what they typed and can go on."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from bs4 import BeautifulSoup
from django.db import connection

from kpis.returns.upload_handler import FIGURES
from parties.participants import participant_for
from parties.services import create_user, grant_membership
from tests.cast import BY
from tests.pages import text
from tests.uploads.sheets import ADDRESS, SHEET, page_of
from uploads.models import Upload
from uploads.receiving import HandedIn, receive

FAULTY = "PI3\t2020-03\tabc\t273\t\tfine"
ROUNDS = 5


@pytest.fixture
def colleague(contract):
    user = create_user(username="colleague", first_name="Colleague", by=BY)
    grant_membership(user=user, organisation=contract.provider, role="trust_manager", by=BY)
    return user


@pytest.fixture
def both(in_process, defined, trust_manager, colleague, signed_in):
    """Two people of the Trust, signed in."""
    return [signed_in(user) for user in (trust_manager, colleague)]


@pytest.fixture
def refused(both, trust_manager, django_capture_on_commit_callbacks):
    """Rows that were refused."""

    def refused() -> Upload:
        by = participant_for(trust_manager, "sandwell")
        return receive(by=by, handler=FIGURES, given=HandedIn.rows(FAULTY), given_for="2020-03")

    return refused


def put_right(client, upload, rows):
    return client.post(f"{ADDRESS}uploads/{upload.pk}/rows/", {"rows": rows})


def typed_by(person: int) -> str:
    return FAULTY.replace("abc", f"19{person}")


def test_of_two_at_once_one_wins_and_the_other_keeps_what_they_typed(both, refused, own_database):
    for _ in range(ROUNDS):
        upload = own_database(refused)
        start = Barrier(len(both))

        def send(person, upload=upload, start=start):
            try:
                start.wait(10)
                return put_right(both[person], upload, typed_by(person))
            finally:
                connection.close()

        with ThreadPoolExecutor(len(both)) as people:
            answers = list(people.map(send, range(len(both))))

        assert sorted(answer.status_code for answer in answers) == [302, 409]
        loser = 0 if answers[0].status_code == 409 else 1
        page = BeautifulSoup(answers[loser].content, "lxml")
        assert page.find("textarea", {"name": "rows"}).string.strip() == typed_by(loser)
        assert "put these rows right first" in text(page.select_one(".govuk-error-summary"))
        winner = own_database(lambda: Upload.objects.get(replaced_by=None, state=Upload.State.CHECKED))
        assert bytes(winner.content).decode() == typed_by(1 - loser)
        assert answers[1 - loser]["Location"] == f"{ADDRESS}uploads/{winner.pk}/"
        assert page.main.find("a", href=f"{ADDRESS}uploads/{winner.pk}/")
        own_database(lambda: Upload.objects.filter(replaced_by=None).update(state=Upload.State.TAKEN))


@pytest.mark.usefixtures("db")
class TestTooLate:
    """Who comes second, a while later."""

    @pytest.fixture
    def upload(self, refused, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            return refused()

    def test_hands_their_rows_in_too(self, both, upload, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            put_right(both[0], upload, typed_by(0))
        late = BeautifulSoup(put_right(both[1], upload, typed_by(1)).content, "lxml")
        form = late.find("textarea", {"name": "rows"}).find_parent("form")
        assert form["action"] == SHEET

        with django_capture_on_commit_callbacks(execute=True):
            answer = both[1].post(form["action"], {"rows": form.textarea.string})

        theirs, mine = Upload.objects.filter(replaced_by=None).order_by("pk")
        assert answer["Location"] == f"{ADDRESS}uploads/{mine.pk}/"
        assert [change["typed"]["numerator"] for change in mine.changes] == ["191"]
        assert theirs.state == mine.state == Upload.State.CHECKED

    def test_who_was_first_themselves_is_told_so(self, both, upload):
        put_right(both[0], upload, typed_by(0))

        answer = put_right(both[0], upload, typed_by(1))

        page = BeautifulSoup(answer.content, "lxml")
        assert answer.status_code == 409
        assert "You put these rows right already" in text(page.select_one(".govuk-error-summary"))
        assert page.find("textarea", {"name": "rows"}).string.strip() == typed_by(1)

    def test_the_same_rows_sent_twice_are_handed_in_once(self, both, upload):
        first, second = (put_right(both[0], upload, typed_by(0)) for _ in range(2))

        assert first["Location"] == second["Location"]
        assert Upload.objects.count() == 2

    @pytest.mark.parametrize("end", ["withdraw", "expired"])
    def test_rows_that_are_gone_keep_what_was_typed(self, both, upload, end):
        if end == "withdraw":
            both[0].post(f"{ADDRESS}uploads/{upload.pk}/withdraw/")
        else:
            Upload.objects.update(state=Upload.State.EXPIRED, content=b"")

        answer = put_right(both[1], upload, typed_by(1))

        page = BeautifulSoup(answer.content, "lxml")
        assert answer.status_code == 409
        assert page.find("textarea", {"name": "rows"}).string.strip() == typed_by(1)
        assert "Yours are kept below and were not handed in" in text(page.select_one(".govuk-error-summary"))
        assert page_of(both[1], upload).find("textarea") is None
