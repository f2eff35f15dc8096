"""A month of a book that is longer than a page: its pages, and all of its lines submitted and accepted at once."""

import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.models import Amount, Book, Entry, Line, LineDraft, LineMonth, MoneyStep, Version
from tests.pages import text, words

pytestmark = pytest.mark.django_db
LONG = 120
MAY = "/contracts/sandwell/money/books/long/2018/2/"


@pytest.fixture
def long_book(contract):
    """long_book(120): two headings with every other line each; each line has a budget of £1,000; none is income."""

    def long_book(number=LONG):
        book = Book.objects.create(
            contract=contract, code="long", name="Long book", organisation="The Trust", kept_by="provider",
            first_year=2018, last_year=2019,
        )  # fmt: skip
        heads = Line.objects.bulk_create(
            Line(book=book, position=at, code=f"h{at}", name=f"Heading {at}", kind="heading") for at in (0, 1)
        )
        lines = Line.objects.bulk_create(
            Line(book=book, parent=heads[at % 2], position=at + 10, code=f"l{at}", name=f"Line {at}",
                 side="expenditure")
            for at in range(number)
        )  # fmt: skip
        version = Version.objects.create(book=book, number=1, kind="original", words="As agreed")
        Amount.objects.bulk_create(
            Amount(line=line, figure="budget", version=version, year=2018, hundredths=100_000, unit="£")
            for line in lines
        )
        return lines

    return long_book


@pytest.fixture
def draft(trust_manager):
    """draft(lines, 2): each of these lines drafted of the period, with £10 spent and £1,000 forecast."""

    def draft(lines, period):
        typed = {"actual": "10", "forecast": "1,000"}
        LineDraft.objects.bulk_create(
            LineDraft(
                line=line,
                year=2018,
                period=period,
                typed=typed,
                saved_by=trust_manager,
                saved_as="Trust manager",
            )
            for line in lines
        )

    return draft


@pytest.fixture
def drafted(long_book, draft):
    """drafted(120): the lines, all drafted."""

    def drafted(number=LONG):
        lines = long_book(number)
        draft(lines, 2)
        return lines

    return drafted


def entries_of(page):
    """The names of the lines whose forms a page shows."""
    return [text(one) for one in BeautifulSoup(page.content, "lxml").select("form .entry__name[id]")]


def as_sent(page, act, **typed):
    """The form of a page as a browser sends it, every line with what is typed."""
    form = BeautifulSoup(page.content, "lxml").select_one("section.entries form")
    fields = {one["name"]: one.get("value") or "" for one in form.select("input[name]")}
    fields |= {one["name"]: one.text.strip() for one in form.select("textarea[name]")}
    for name in fields:
        if (field := name.partition("-")[2]) in typed:
            fields[name] = typed[field]
    return form["action"], fields | {"act": act}


def seen_on(page):
    return BeautifulSoup(page.content, "lxml").select_one("[name=seen]")["value"]


def press(client, address):
    """The one button of the page for a whole month."""
    seen = seen_on(client.get(address))
    return client.post(address, {"seen": seen}, follow=True)


def test_fifty_lines_at_a_time_each_page_saved_on_its_own(signed_in, trust_manager, long_book):
    long_book()
    trust = signed_in(trust_manager)
    first, last = trust.get(MAY), trust.get(f"{MAY}?page=3")
    assert "Lines 1 to 50 of 120" in words(first) and "Lines 101 to 120 of 120" in words(last)
    assert entries_of(first)[::49] == ["Line 0", "Line 49"]
    assert entries_of(last) == [f"Line {at}" for at in range(100, 120)]
    assert entries_of(trust.get(f"{MAY}?page=99")) == entries_of(last)

    action, fields = as_sent(last, "save", actual="10", forecast="1,000")
    answer = trust.post(action, fields, follow=True)

    assert "Draft saved: 20 lines changed." in words(answer)
    assert "Lines 101 to 120 of 120" in words(answer)
    assert LineDraft.objects.count() == 20


def test_the_lines_are_narrowed_by_heading_and_by_what_they_wait_for(
    signed_in, trust_manager, client_officer, drafted
):
    lines = drafted()
    LineDraft.objects.filter(line__in=lines[60:]).delete()
    trust, council = signed_in(trust_manager), signed_in(client_officer)
    press(trust, f"{MAY}submit/")
    LineMonth.objects.filter(line__in=lines[:3]).update(state="queried")

    places = {
        query: re.search(r"Lines \d+ to \d+ of \d+|None of", words(trust.get(f"{MAY}?{query}"))).group()
        for query in (
            "under=h1",
            "only=empty",
            "only=queried",
            "only=waiting",
            "only=drafts",
            "only=nonsense",
        )
    }
    assert places == {
        "under=h1": "Lines 1 to 50 of 60", "only=empty": "Lines 1 to 50 of 60",
        "only=queried": "Lines 1 to 3 of 3", "only=waiting": "Lines 1 to 50 of 57",
        "only=drafts": "None of", "only=nonsense": "Lines 1 to 50 of 120",
    }  # fmt: skip
    assert "drafts" not in words(council.get(MAY))
    assert "Lines 1 to 50 of 120" in words(council.get(f"{MAY}?only=drafts"))


def test_a_book_of_one_page_is_always_shown_whole(signed_in, trust_manager, long_book):
    long_book(6)

    page = signed_in(trust_manager).get(f"{MAY}?only=queried&page=2")

    assert len(entries_of(page)) == 6
    assert "Part of the book" not in words(page)


def test_all_drafts_are_shown_and_submitted_then_accepted_but_for_the_queried(
    signed_in, trust_manager, client_officer, drafted
):
    lines = drafted()
    LineDraft.objects.filter(line=lines[0]).delete()
    trust, council = signed_in(trust_manager), signed_in(client_officer)
    shown = words(trust.get(f"{MAY}submit/"))
    assert "119 drafts of 120 lines can be read. Neither drafted nor entered: 1 line." in shown
    assert "£1,190" in shown and "£119,000" in shown

    assert "119 lines submitted." in words(press(trust, f"{MAY}submit/"))
    assert (Entry.objects.count(), LineDraft.objects.count()) == (119, 0)
    assert {month.latest.forecast for month in LineMonth.objects.select_related("latest")} == {100_000}

    asked = LineMonth.objects.get(line=lines[1])
    council.post(f"{MAY}answer/", {"act": "query", "entry": asked.latest_id, "words": "Which?"})
    assert "118 lines of 120 wait for your answer. 1 line queried" in words(council.get(f"{MAY}accept/"))
    assert "118 lines accepted." in words(press(council, f"{MAY}accept/"))
    assert set(LineMonth.objects.exclude(pk=asked.pk).values_list("state", flat=True)) == {"accepted"}
    assert LineMonth.objects.get(pk=asked.pk).state == "queried"
    assert "119 of 120 lines submitted: 1 queried, 118 accepted." in words(council.get(MAY))


def test_what_cannot_be_submitted_is_named_with_the_way_to_it(signed_in, trust_manager, drafted):
    lines = drafted()
    LineDraft.objects.filter(line=lines[70]).update(typed={"actual": "1O", "forecast": "1,000"})
    LineDraft.objects.filter(line=lines[119]).update(typed={"actual": "10", "forecast": "99,999,999"})
    trust = signed_in(trust_manager)

    page = trust.get(f"{MAY}submit/")
    links = BeautifulSoup(page.content, "lxml").select(".govuk-error-summary a")

    assert [text(link).partition(":")[0] for link in links] == ["Line 70", "Line 119"]
    assert not BeautifulSoup(page.content, "lxml").select("[name=seen]")
    for link in links:
        address, anchor = link["href"].split("#")
        assert BeautifulSoup(trust.get(address).content, "lxml").select(f"#{anchor}")
    assert not Entry.objects.exists()


def test_what_changed_since_it_was_shown_is_shown_again(signed_in, trust_manager, client_officer, drafted):
    lines = drafted(3)
    trust, council = signed_in(trust_manager), signed_in(client_officer)
    seen = seen_on(trust.get(f"{MAY}submit/"))
    LineDraft.objects.filter(line=lines[0]).update(version=2)

    late = trust.post(f"{MAY}submit/", {"seen": seen})
    assert late.status_code == 409
    assert "Nothing was done: lines changed since" in words(late)

    press(trust, f"{MAY}submit/")
    late = council.post(f"{MAY}accept/", {"seen": "0" * 16})
    assert late.status_code == 409
    assert not MoneyStep.objects.exists()


def test_the_other_partys_drafts_are_its_own(signed_in, trust_manager, client_officer, drafted):
    drafted(3)
    assert signed_in(client_officer).get(f"{MAY}submit/").status_code == 403
    Book.objects.update(kept_by="commissioner")
    assert signed_in(trust_manager).get(f"{MAY}submit/").status_code == 404
    assert signed_in(client_officer).get(f"{MAY}accept/").status_code == 404


def test_the_database_is_asked_no_oftener_for_more_lines(
    signed_in, trust_manager, client_officer, long_book, draft
):
    """Of six lines and of sixty: all submitted, all asked about, and all accepted."""
    lines = long_book(60)
    trust, council = signed_in(trust_manager), signed_in(client_officer)
    counted = []
    for number, period in ((1, 1), (6, 2), (60, 3)):
        draft(lines[:number], period)
        page = f"/contracts/sandwell/money/books/long/2018/{period}/"
        seen = seen_on(trust.get(f"{page}submit/"))
        with CaptureQueriesContext(connection) as submitted:
            trust.post(f"{page}submit/", {"seen": seen})
        entries = list(Entry.objects.filter(month__period=period).values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as asked:
            council.post(f"{page}answer/", {"act": "query", "entry": entries, "words": "Which?"})
        with CaptureQueriesContext(connection) as accepted:
            council.post(f"{page}answer/", {"act": "withdraw", "entry": entries})
        assert LineMonth.objects.filter(period=period, state="accepted").count() == number
        counted.append([len(one) for one in (submitted, asked, accepted)])

    assert counted[1] == counted[2]


def test_a_page_of_a_long_book_asks_little(
    signed_in, trust_manager, client_officer, long_book, draft, django_assert_max_num_queries
):
    draft(long_book(), 2)
    asked = [
        (trust_manager, f"{MAY}?under=h1&only=drafts"),
        (client_officer, f"{MAY}?under=h1&only=empty"),
        (trust_manager, f"{MAY}submit/"),
    ]
    for person, address in asked:
        client = signed_in(person)
        with django_assert_max_num_queries(15):
            assert client.get(address).status_code == 200
