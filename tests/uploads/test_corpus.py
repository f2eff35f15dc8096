"""Every file of the corpus gets its verdict, in under a second of work."""

import re
import time

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from kpis.returns.models import Draft
from kpis.returns.upload_handler import read
from parties.participants import participant_for
from tests.pages import text
from tests.uploads.corpus import BYTES, CORPUS, ROWS, UNPACKED, Asks, Refused, Right, Verdict, Wrong
from tests.uploads.opened import opened_here
from uploads.handlers import CHANGED, LEFT_OUT, NEW
from uploads.limits import upload_limits
from uploads.models import Upload
from uploads.tables.refusal import FileAsks, FileRefused

pytestmark = pytest.mark.usefixtures("years_later")


@pytest.fixture
def participant(defined, trust_manager, settings):
    settings.IMPORT_MAX_BYTES, settings.IMPORT_MAX_UNPACKED_BYTES = BYTES, UNPACKED
    settings.IMPORT_MAX_ROWS = ROWS
    settings.CELERY_ON = False  # read here and now, also where the suite has a worker
    return participant_for(trust_manager, "sandwell")


class Unheard:
    """Progress that nobody follows."""

    def begin(self, total: int) -> None: ...

    def __call__(self, done: int) -> None: ...


def verdict(participant, content: bytes) -> Verdict:
    """What the file comes to, with whole messages."""
    try:
        table = opened_here(content, upload_limits())
        found = read(participant, table, Unheard())
    except FileRefused as refused:
        return Refused(str(refused))
    except FileAsks as asks:
        return Asks(asks.about)
    if found.problems:
        return Wrong(tuple((one.row, one.column, one.message) for one in found.problems))
    changes = [
        (
            one["code"],
            one["month"],
            typed["numerator"],
            typed["denominator"],
            typed["value"],
            typed["commentary"],
        )
        for one in found.changes
        if one["kind"] in (NEW, CHANGED) and (typed := one["typed"])
    ]
    return Right(tuple(changes), sum(1 for one in found.changes if one["kind"] == LEFT_OUT))


def as_expected(found: Verdict, wanted: Verdict) -> bool:
    """Whether it is the verdict wanted, whose words are a part of each message."""
    if isinstance(wanted, Refused):
        return isinstance(found, Refused) and wanted.words in found.words
    if isinstance(wanted, Wrong):
        return (
            isinstance(found, Wrong)
            and len(found.problems) == len(wanted.problems)
            and all(
                one[:2] == other[:2] and other[2] in one[2]
                for one, other in zip(found.problems, wanted.problems, strict=True)
            )
        )
    return found == wanted


@pytest.mark.parametrize("name", CORPUS)
def test_a_file_gets_its_verdict(participant, name):
    make, wanted = CORPUS[name]
    content = make()
    began = time.process_time()

    found = verdict(participant, content)

    assert as_expected(found, wanted), found
    assert time.process_time() - began < 1


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
