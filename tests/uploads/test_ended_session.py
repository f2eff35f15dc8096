"""Rows that were pasted, or a file that was chosen, when the session had ended."""

import random

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from parties.services import create_user, grant_membership, set_password
from tests.cast import BY, PASSWORD
from tests.pages import sent_by, words
from tests.uploads.sheets import HEAD, SHEET
from uploads.models import Upload

pytestmark = pytest.mark.usefixtures("in_process")

SIGN_IN = "/sign-in/"


@pytest.fixture
def colleague(participant, client):
    """A Trust manager who signs in by password, and has just been signed out."""
    user = create_user(username="colleague", by=BY)
    grant_membership(user=user, organisation=participant.contract.provider, role="trust_manager", by=BY)
    set_password(user=user, password=PASSWORD, by=BY)
    return client


def signed_in_again(client, page):
    return client.post(SIGN_IN, sent_by(page, SIGN_IN) | {"username": "colleague", "password": PASSWORD})


def pasted(size: int) -> str:
    """Rows in the template's order, of so many characters, that no packing makes much smaller."""
    rnd = random.Random(9)
    letters = "abcdefghijklmnopqrstuvwxyzäöü“”–ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 "
    rows = []
    while sum(map(len, rows)) < size:
        rows.append(f"PI1\t2020-03\t1\t2\t\t{''.join(rnd.choices(letters, k=4000))}\r\n")
    return "indicator\tmonth\tnumerator\tdenominator\tvalue\tcommentary\r\n" + "".join(rows)


@pytest.mark.parametrize("size", [300_000, 3_000_000])
def test_pasted_rows_stand_behind_the_sign_in_and_are_handed_in_whole(colleague, size):
    rows = pasted(size)

    page = colleague.post(SHEET, {"rows": rows}, follow=True)
    assert "What you typed is kept on this page" in words(page)
    back = signed_in_again(colleague, page)
    assert not Upload.objects.exists()
    answer = colleague.post(
        SHEET, sent_by(back, SHEET)
    )  # nobody reads it yet, which would let its content go

    assert answer.status_code == 302
    assert bytes(Upload.objects.get().content).decode() == rows


def test_what_is_too_long_to_be_kept_is_said_to_be_lost_while_it_can_be_copied(colleague, settings):
    rows = pasted(300_000)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = len(rows.encode()) + 1000

    page = colleague.post(SHEET, {"rows": rows}, follow=True)

    assert "longer than can be kept" in words(page) and "copy it" in words(page)
    assert "longer than can be kept" in words(signed_in_again(colleague, page))


def test_a_chosen_file_is_said_not_to_be_taken_and_is_chosen_again(colleague):
    chosen = SimpleUploadedFile("march <1>.csv", HEAD.encode())

    page = colleague.post(SHEET, {"file": chosen, "rows": ""}, follow=True)
    assert "The file that you chose was not taken, and nothing was read or saved." in words(page)
    assert "march" not in page.content.decode(), "nobody is signed in yet who may be told its name"
    back = signed_in_again(colleague, page)

    assert "The file “march <1>.csv” was not taken, and nothing was read or saved." in words(back)
    assert "Choose the file again" in words(back)
    link = BeautifulSoup(back.content, "lxml").main.select_one("a.govuk-button")["href"]
    assert "From a spreadsheet" in words(colleague.get(link))
    assert not Upload.objects.exists()


def test_beside_a_file_the_rows_are_kept(colleague):
    page = colleague.post(SHEET, {"file": SimpleUploadedFile("a.csv", b"x"), "rows": "PI1\t1"}, follow=True)

    back = signed_in_again(colleague, page)

    assert sent_by(back, SHEET)["rows"] == ["PI1\t1"]
    assert "The file “a.csv” was not taken" in words(back)


def test_a_file_of_an_older_page_is_not_taken_either(participant, manager):
    manager.handler.enforce_csrf_checks = True

    answer = manager.post(SHEET, {"file": SimpleUploadedFile("a.csv", HEAD.encode()), "rows": ""})

    assert answer.status_code == 403
    assert "The file “a.csv” was not taken" in words(answer)
    assert not Upload.objects.exists()
