"""A change of a book that is longer than a page: what is typed stays while other lines are looked at."""

import pytest
from bs4 import BeautifulSoup

from budgets.models import Amount, Book, Line, ProposedAmount, Version
from tests.pages import text, words

pytestmark = pytest.mark.django_db
FORM = "/contracts/sandwell/money/books/long/versions/propose/2018/"


@pytest.fixture
def lines(contract):
    """120 lines in two divisions, each with a budget of £1,000."""
    book = Book.objects.create(
        contract=contract, code="long", name="Long book", organisation="The Trust", kept_by="provider",
        first_year=2018, last_year=2019,
    )  # fmt: skip
    divisions = Line.objects.bulk_create(
        Line(book=book, position=at, code=f"d{at}", name=f"Division {at}", kind="division") for at in (0, 1)
    )
    lines = Line.objects.bulk_create(
        Line(book=book, parent=divisions[at // 60], position=at + 10, code=f"l{at}", name=f"Line {at}",
             side="expenditure")
        for at in range(120)
    )  # fmt: skip
    version = Version.objects.create(book=book, number=1, kind="original", words="As agreed")
    Amount.objects.bulk_create(
        Amount(line=line, figure="budget", version=version, year=2018, hundredths=100_000, unit="£")
        for line in lines
    )
    return lines


def sent(page, act="", **typed):
    """The form as a browser sends it, with what is typed and the button that is pressed."""
    form = BeautifulSoup(page.content, "lxml").select_one("main form")
    fields = {one["name"]: one.get("value") or "" for one in form.select("input[name]:not([type=radio])")}
    fields |= {one["name"]: one["value"] for one in form.select("input[type=radio][checked]")}
    fields |= {one["name"]: one.text.strip() for one in form.select("textarea")}
    fields |= {one["name"]: one.select_one("option[selected]")["value"] for one in form.select("select")}
    return fields | typed | ({"act": act} if act else {})


def shown(page):
    return [
        text(one).partition(" Division")[0]
        for one in BeautifulSoup(page.content, "lxml").select(".change-line__name")
    ]


def test_a_virement_between_lines_of_different_pages(signed_in, trust_manager, lines):
    trust = signed_in(trust_manager)
    first = trust.get(FORM)
    assert shown(first)[::49] == ["Line 0", "Line 49"]

    typed = {"kind": "virement", "words": "Fewer homes", f"line{lines[3].pk}-budget": "900"}
    second = trust.post(FORM, sent(first, "next", **typed))
    assert shown(second)[:2] == ["Line 3", "Line 50"] and len(shown(second)) == 51
    assert not BeautifulSoup(second.content, "lxml").select(".govuk-error-message")
    other = trust.post(FORM, sent(second, "show", under="d1", **{f"line{lines[50].pk}-budget": "1O0"}))
    assert shown(other)[:3] == ["Line 3", "Line 50", "Line 60"]

    wrong = trust.post(FORM, sent(other, **{f"line{lines[119].pk}-budget": "1,100"}))
    assert "has letters" in words(wrong) and not ProposedAmount.objects.exists()

    answer = trust.post(FORM, sent(wrong, **{f"line{lines[50].pk}-budget": ""}), follow=True)
    assert "The change is proposed" in words(answer)
    assert dict(ProposedAmount.objects.values_list("line__code", "after")) == {"l3": 90_000, "l119": 110_000}


def test_the_form_asks_no_oftener_for_more_lines(
    signed_in, trust_manager, lines, django_assert_max_num_queries
):
    client = signed_in(trust_manager)
    with django_assert_max_num_queries(14):
        page = client.get(FORM)
    fields = sent(page, "next", **{f"line{line.pk}-budget": "900" for line in lines[:40]})
    with django_assert_max_num_queries(15):
        assert client.post(FORM, fields).status_code == 200
