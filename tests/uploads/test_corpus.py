"""Every file of the corpus gets its verdict, in under a second of work."""

import re
import time

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from kpis.returns.models import Draft
from parties.participants import participant_for
from tests.pages import text
from tests.uploads.corpus import BYTES, CORPUS, ROWS, UNPACKED, Refused, Right, Verdict, Wrong
from tests.uploads.judged import as_expected, verdict
from uploads.models import Upload

pytestmark = pytest.mark.usefixtures("years_later")


@pytest.fixture
def participant(defined, trust_manager, settings):
    settings.IMPORT_MAX_BYTES, settings.IMPORT_MAX_UNPACKED_BYTES = BYTES, UNPACKED
    settings.IMPORT_MAX_ROWS = ROWS
    settings.CELERY_ON = False  # read here and now, also where the suite has a worker
    return participant_for(trust_manager, "sandwell")


@pytest.mark.parametrize("name", CORPUS)
def test_a_file_gets_its_verdict(participant, name):
    make, wanted = CORPUS[name]
    content = make()

    found, seconds = timed(participant, content)
    if seconds >= 1:
        # What the program loads where it is first used was loaded by that.
        found, seconds = timed(participant, content)

    assert as_expected(found, wanted), found
    assert seconds < 1


def timed(participant, content: bytes) -> tuple[Verdict, float]:
    began = time.process_time()
    return verdict(participant, content), time.process_time() - began


def test_the_corpus_is_large():
    kinds = [type(wanted) for _, wanted in CORPUS.values()]

    assert len(CORPUS) >= 120
    assert min(kinds.count(kind) for kind in (Refused, Wrong, Right)) >= 25


@pytest.mark.parametrize(
    "name",
    [
        "utf-16.csv", "a million commas.csv", "markup as words.csv", "a neutralised formula.csv",
        "wrong in every cell.csv", "a picture.png", "a bomb.xlsx", "entities.xlsx", "a workbook.xlsx",
        "an escaped NUL.xlsx", "right to left.csv", "markup as a header.csv",
    ],
)  # fmt: skip
def test_by_the_front_door(participant, signed_in, name, django_capture_on_commit_callbacks):
    """The same verdict on the page, and nothing written."""
    make, wanted = CORPUS[name]
    trust = signed_in(participant.user)

    with django_capture_on_commit_callbacks(execute=True):
        answer = trust.post(
            "/contracts/sandwell/returns/2019-03/spreadsheet/", {"file": SimpleUploadedFile(name, make())}
        )
    page = BeautifulSoup(trust.get(answer["Location"]).content, "lxml")

    assert Upload.objects.get().state == ("checked" if isinstance(wanted, Right) else "faulty")
    assert not Draft.objects.exists()
    words = text(page.main)
    if isinstance(wanted, Refused):
        assert wanted.words in words
    elif isinstance(wanted, Wrong):
        assert all(message in words for _, _, message in wanted.problems)
    else:
        assert re.search("Save this one as a draft", words)
    assert page.script is None or "alert" not in str(page.main.find_all("script"))
