"""Wherever a file or pasted rows end, their page leads on: to what took their place, or to where others go in."""

import pytest
from bs4 import BeautifulSoup

from tests.pages import text
from tests.uploads.sheets import ADDRESS, HEAD, SHEET, left, page_of, save
from uploads.models import Upload
from uploads.tasks import drop_old_files

pytestmark = pytest.mark.usefixtures("in_process")

FAULTY = "PI3\t2020-03\tabc\t273\t\tfine"
FORM = [(SHEET, "Hand in a file or rows of March 2020")]


def onward(page):
    """The links of the page below its name, but for those of its tables and lists."""
    links = page.main.select("p > a")
    return [(link["href"], text(link)) for link in links]


def put_right(client, upload, rows):
    return client.post(f"{ADDRESS}uploads/{upload.pk}/rows/", {"rows": rows})


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7",
        HEAD.encode() + b"PI3,2020-03,x,273,,\n",
        HEAD.encode() + b"PI3,2020-03,,,,\n",
        b"nothing,of,ours\n1,2,3\n",
    ],
    ids=["refused", "with problems", "without a change", "without a header"],
)
def test_a_file_that_comes_to_nothing_leads_to_the_form_of_its_month(manager, send, content):
    page = page_of(manager, send(content))

    assert onward(page) == FORM
    assert manager.get(SHEET).status_code == 200


@pytest.mark.parametrize("given", [{"content": HEAD.encode()}, {"rows": FAULTY}], ids=["file", "rows"])
@pytest.mark.parametrize("end", ["withdrawn", "expired"])
def test_what_was_settled_without_being_saved_leads_there_too(manager, send, given, end):
    upload = send(**given)
    if end == "withdrawn":
        manager.post(f"{ADDRESS}uploads/{upload.pk}/withdraw/")
    else:
        left(upload, 31)
        drop_old_files()

    assert onward(page_of(manager, upload)) == FORM


def test_rows_that_were_put_right_lead_to_what_took_their_place(manager, send, committed):
    first = send(rows=FAULTY)
    with committed():
        put_right(manager, first, FAULTY.replace("abc", "xyz"))
        second = Upload.objects.get(replaced_by=None)
    with committed():
        put_right(manager, second, FAULTY.replace("abc", "196"))
    third = Upload.objects.get(replaced_by=None)

    for old in (first, second):
        page = page_of(manager, old)
        [(address, words)] = onward(page)
        assert address == f"{ADDRESS}uploads/{third.pk}/"
        assert words.startswith("Look at the rows as they were handed in on ")
        assert "put right and handed in again" in text(page.select_one(".lede"))
    assert onward(page_of(manager, third)) == []
    assert third.given_for == "2020-03"
    listed = text(page_of_form(manager).select_one("ul.uploads"))
    assert listed.count("Put right") == 2


def page_of_form(client):
    return BeautifulSoup(client.get(SHEET).content, "lxml")


def test_a_file_leads_to_a_later_one_of_its_name(manager, send):
    first = send(HEAD.encode() + b"PI3,2020-03,x,273,,\n", name="march.csv")
    send(HEAD.encode() + b"PI3,2020-03,1,2,,\n", name="april.csv")
    assert onward(page_of(manager, first)) == FORM
    later = send(HEAD.encode() + b"PI3,2020-03,196,273,,\n", name="march.csv")

    [(address, words)] = onward(page_of(manager, first))

    assert address == f"{ADDRESS}uploads/{later.pk}/"
    assert words.startswith("Look at the file of this name that was handed in on ")
    assert onward(page_of(manager, later)) == []


def test_no_file_leads_to_one_handed_in_before_it(manager, send):
    """The same rows sent again are the file that was sent first, handed in anew."""
    first, other = f"{HEAD}PI3,2020-03,196,273,,\n".encode(), f"{HEAD}PI3,2020-03,1,2,,\n".encode()
    sent, between, again = (send(content, name="march.csv") for content in (first, other, first))
    assert again == sent

    for upload in (sent, between):
        manager.post(f"{ADDRESS}uploads/{upload.pk}/withdraw/")

    assert onward(page_of(manager, sent)) == FORM
    assert onward(page_of(manager, between))[0][0] == f"{ADDRESS}uploads/{sent.pk}/"


def test_what_was_saved_leads_to_its_month(manager, send):
    upload = send(rows="PI3\t2020-03\t196\t273\t\tfine")
    save(manager, upload)

    page = page_of(manager, upload)

    assert onward(page) == []
    assert page.select_one("ul.uploads a")["href"] == f"{ADDRESS}returns/2020-03/"


def test_pasted_rows_are_never_called_a_file(manager, send, committed):
    states = [send(rows="PI3\t2020-03\t196\t273\t\tfine"), send(rows=FAULTY)]
    said = [text(page_of(manager, upload).main) for upload in states]
    save(manager, states[0])
    said.append(text(page_of(manager, states[0]).main))
    manager.post(f"{ADDRESS}uploads/{states[1].pk}/withdraw/")
    said.append(text(page_of(manager, states[1]).main).replace("Hand in a file or rows", ""))
    dropped = send(rows=FAULTY)
    left(dropped, 31)
    drop_old_files()
    said.append(text(page_of(manager, dropped).main).replace("Hand in a file or rows", ""))

    assert [words for words in said if "file" in words.lower()] == []
    assert "In your rows" in said[0]


def test_a_purpose_that_is_past_leads_to_the_last_month(manager, send):
    upload = send(HEAD.encode() + b"PI3,2020-03,x,273,,\n")
    Upload.objects.update(given_for="")
    assert onward(page_of(manager, upload)) == FORM
    Upload.objects.update(given_for="2031-01")

    assert onward(page_of(manager, upload)) == FORM
