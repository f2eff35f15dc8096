"""Two people on one month, what was known on a day, and the form in which a month is entered."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from budgets.models import Book, Entry, LineDraft
from core import clock
from tests.conftest import _person
from tests.pages import text, words

pytestmark = pytest.mark.django_db
MAY = "/contracts/sandwell/money/books/trust/2018/2/"
FOSTER, HOMES = "external_foster_care", "external_residential"


@pytest.fixture
def lines(books):
    return {line.code: line for line in Book.objects.get(code="trust").lines.filter(kind="line")}


@pytest.fixture
def colleague(contract):
    return _person("colleague", contract.provider, "trust_manager")


@pytest.fixture
def send(lines):
    """Sends a line's form as a browser does, begun from the entry of this key."""

    def send(client, actual, forecast="8,200,000", *, act="submit", code=FOSTER, **given):
        fields = {"version": "0", "begun_from": "", "actual": actual, "forecast": forecast} | given
        typed = {f"line{lines[code].pk}-{name}": value for name, value in fields.items()}
        return client.post(f"{MAY}enter/", typed | {"act": act}, follow=True)

    return send


@pytest.fixture
def both(signed_in, trust_manager, colleague, send):
    """Begun from the same entry, the other one was quicker."""
    mine, theirs = signed_in(trust_manager), signed_in(colleague)
    send(mine, "1,000,000")
    begun = Entry.objects.get().pk
    send(theirs, "1,200,000", begun_from=begun)
    return mine, begun, send(mine, "1,300,000", begun_from=begun)


def stands():
    return Entry.objects.order_by("-pk").first().actual


def test_both_values_stand_beside_what_it_was(both):
    _, _, page = both
    soup = BeautifulSoup(page.content, "lxml")
    spent = next(row for row in soup.select(".both tr") if "Spent to date" in text(row))

    assert page.status_code == 409
    assert [text(cell) for cell in spent.select("td")] == ["£1,000,000", "£1,200,000", "£1,300,000"]
    assert "Changed meanwhile by Colleague" in words(page)
    assert stands() == 120_000_000


@pytest.mark.parametrize(
    ("choice", "says", "amount"),
    [
        ("mine", "1 line submitted.", 130_000_000),
        ("theirs", "1 line left as the other person entered it.", 120_000_000),
        ("", "Choose for each of them what is to stand", 120_000_000),
    ],
)
def test_the_person_chooses_line_by_line(both, send, choice, says, amount):
    mine, begun, _ = both
    seen = Entry.objects.order_by("-pk").first().pk

    answer = send(mine, "1,300,000", begun_from=begun, seen=seen, choice=choice)

    assert says in words(answer)
    assert stands() == amount


def test_who_changes_nothing_of_a_line_is_in_nobodys_way(both, send):
    mine, begun, _ = both

    answer = send(mine, "1,000,000", begun_from=begun)

    assert answer.status_code == 200
    assert stands() == 120_000_000


def test_drafts_of_two_people_stand_beside_each_other(signed_in, trust_manager, colleague, send):
    mine, theirs = signed_in(trust_manager), signed_in(colleague)
    send(theirs, "900", act="save")

    page = send(mine, "800", act="save")
    assert page.status_code == 409
    assert "Changed meanwhile by Colleague" in words(page) and "900" in words(page)
    assert LineDraft.objects.get().typed["actual"] == "900"

    send(mine, "800", act="save", seen_version="1", choice="mine")
    assert LineDraft.objects.get().typed["actual"] == "800"


def test_a_draft_that_is_emptied_is_kept_no_longer(signed_in, trust_manager, send):
    mine = signed_in(trust_manager)
    send(mine, "900", act="save")

    answer = send(mine, "", "", act="save", version="1")

    assert "Draft saved: 1 line changed." in words(answer)
    assert not LineDraft.objects.exists()


def test_what_a_colleague_drafted_is_not_passed_over_by_submitting(signed_in, trust_manager, colleague, send):
    mine, theirs = signed_in(trust_manager), signed_in(colleague)
    send(theirs, "900", act="save", words="Half written")

    page = send(mine, "1,000,000")
    assert page.status_code == 409
    assert LineDraft.objects.get().typed["words"] == "Half written"
    assert not Entry.objects.exists()

    send(mine, "1,000,000", seen_version="1", choice="mine")
    assert (stands(), LineDraft.objects.count()) == (100_000_000, 0)


def test_a_draft_begun_before_another_entry_does_not_pass_over_it(
    signed_in, trust_manager, colleague, send, lines
):
    mine, theirs = signed_in(trust_manager), signed_in(colleague)
    send(mine, "1,000,000")
    begun = Entry.objects.get().pk
    send(mine, "1,300,000", act="save", begun_from=begun)
    send(theirs, "1,200,000", begun_from=begun)
    send(mine, "1,300,000", act="save", begun_from=begun)

    form = BeautifulSoup(mine.get(MAY).content, "lxml")
    field = form.select_one(f"[name=line{lines[FOSTER].pk}-begun_from]")

    assert field["value"] == str(begun)


def test_what_was_known_on_a_day(signed_in, trust_manager, client_officer, send, settings):
    trust, council = signed_in(trust_manager), signed_in(client_officer)
    settings.DEMONSTRATION_DAY = date(2018, 6, 8)
    send(trust, "1,000,000")
    settings.DEMONSTRATION_DAY = date(2018, 6, 20)
    send(trust, "1,200,000", begun_from=Entry.objects.get().pk)

    before, then, now = (words(council.get(f"{MAY}?known={day}")) for day in ("2018-06-07", "2018-06-08", ""))
    assert "0 of 6 lines had an entry by then." in before
    assert "As known on 8 June 2018" in then and "£1,000,000" in then and "£1,200,000" not in then
    assert "Accept the lines" not in then and "Submitted" not in then
    assert "£1,200,000" in now and "As known on 8" not in now
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    for day in ("yesterday", "2018-06-31", tomorrow, "1600-01-01", "2018-03-31"):
        refused = council.get(f"{MAY}?known={day}")
        assert refused.status_code == 404
        assert "No such day" in words(refused)


def test_the_form_marks_what_is_off_track_and_adds_up(signed_in, trust_manager, send, lines):
    trust = signed_in(trust_manager)
    send(trust, "1,400,000", "9,000,000", words="More children")
    send(trust, "100,000.50", "600,000", code=HOMES, words="Homes cost more")
    form = BeautifulSoup(trust.get(MAY).content, "lxml").select_one(".entries")
    rows = {
        text(row.select_one(".entry__name")): text(row) for row in form.select(".entry:not(.entry--head)")
    }

    assert "R Far over" in rows[lines[FOSTER].name]
    assert "£1,500,000.50" in rows["Together"] and "£9,600,000" in rows["Together"]
    assert "of 2 of 6 lines" in rows["Together"]
    assert [row.has_attr("open") for row in form.select("details")] == [False] * 6


def test_words_that_are_missing_open_by_themselves(signed_in, trust_manager, send, lines):
    page = BeautifulSoup(send(signed_in(trust_manager), "1,400,000", "9,000,000").content, "lxml")

    opened = page.select(".entry details[open]")
    assert ["The forecast is over its budget" in text(one) for one in opened] == [True]
    (link,) = page.select(".govuk-error-summary__list a")
    assert page.select_one(link["href"]).name == "textarea"


def test_periods_after_march_are_reached(signed_in, trust_manager, books):
    soup = BeautifulSoup(signed_in(trust_manager).get(MAY).content, "lxml")
    links = {text(link): link["href"] for link in soup.select("ul.jump a")}

    assert list(links)[-4:] == ["Mar 2019", "Period 13", "Period 14", "Period 15"]
    assert "Period 13 of 2018/19" in words(signed_in(trust_manager).get(links["Period 13"]))


def test_a_closed_month_asks_reasons_of_what_changes_alone(signed_in, trust_manager, client_officer, send):
    trust, council = signed_in(trust_manager), signed_in(client_officer)
    send(trust, "1,000,000")
    entry = Entry.objects.get().pk
    council.post(f"{MAY}answer/", {"act": "accept", "entry": entry})
    council.post(f"{MAY}close/", {"incomplete": "yes"})
    send(trust, "1,100,000", begun_from=entry, reason="An invoice came late")
    latest = Entry.objects.order_by("-pk").first().pk

    answer = send(trust, "1,100,000", begun_from=latest)

    assert "That was submitted already." in words(answer)


@pytest.mark.parametrize(("query", "most"), [("", 15), ("?known=2020-01-01", 15)])
def test_the_page_asks_little(signed_in, trust_manager, books, django_assert_max_num_queries, query, most):
    client = signed_in(trust_manager)
    with django_assert_max_num_queries(most):
        assert client.get(f"{MAY}{query}").status_code == 200
