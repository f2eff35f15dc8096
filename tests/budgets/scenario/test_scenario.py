"""What more children would cost: by hand, and with every assumption seen."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection

from budgets.models import Amount, Line
from tests.append_only import lifted
from tests.pages import words

pytestmark = pytest.mark.django_db
PAGE = "/contracts/sandwell/money/scenario/"
ASKED = {
    "line": "external_foster_care", "children": "20", "months": "6", "cost": "40,000", "lowest": "38,000",
    "highest": "41,000",
}  # fmt: skip


def test_a_child_cost_what_was_spent_by_how_many_there_were(signed_in, client_officer, books):
    page = words(signed_in(client_officer).get(PAGE))

    # 11,085,089 by (262 + 286 + 317 + 293) / 4 = 289.5; by 317, the highest number, and by 227, the lowest.
    assert "£38,290 £34,969 to £48,833" in page
    assert (
        "227 in March 2018, 262 in June 2018, 286 in September 2018, 317 in December 2018, 293 in March 2019"
        in page
    )


def test_a_scenario_says_what_it_comes_to_and_on_what_it_rests(signed_in, board_reader, books):
    page = words(signed_in(board_reader).get(PAGE, ASKED))

    # 20 children × 6 of 12 months × £40,000; the range likewise.
    assert (
        "20 more children in external foster care for six months cost about £400,000 (£380,000 to £410,000)."
        in page
    )
    assert "£38,000 to £41,000" in page


def test_more_children_bring_more_where_the_line_takes_in(signed_in, board_reader, books):
    Line.objects.filter(code="external_foster_care").update(side="income")

    page = words(signed_in(board_reader).get(PAGE, ASKED))

    assert "external foster care for six months bring about £400,000 (£380,000 to £410,000)." in page
    assert "£11,085,089 received in 2018/19" in page


def test_where_nothing_was_spent_no_child_has_a_cost(signed_in, board_reader, books):
    with lifted(connection):
        Amount.objects.filter(line__code="external_foster_care", figure="actual").update(hundredths=0)

    assert "What a child cost in a year" in words(signed_in(board_reader).get(PAGE))
    assert "external foster care" not in words(signed_in(board_reader).get(PAGE)).lower()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"children": "many"}, "children"),
        ({"months": "soon"}, "months"),
        ({"cost": "dear"}, "cost"),
        ({"cost": "10"}, "cost"),
        ({"line": "nothing"}, "line"),
    ],
)
def test_what_cannot_be_reckoned_is_marked_at_its_field(signed_in, client_officer, books, given, field):
    answer = signed_in(client_officer).get(PAGE, ASKED | given)

    assert f'id="id_{field}-error"' in answer.content.decode()
    assert "cost about" not in words(answer)


def test_without_a_book_there_is_nothing_to_reckon(signed_in, client_officer, contract):
    assert "No line of a book" in words(signed_in(client_officer).get(PAGE))


def fields_of(answer):
    form = BeautifulSoup(answer.content, "lxml").select_one("main form")
    chosen = form.select_one("select[name=line] option[selected]")
    return {one["name"]: one["value"] for one in form.select("input[name]")} | {"line": chosen["value"]}


def test_another_line_brings_its_own_costs_but_for_what_was_typed(signed_in, board_reader, books):
    client = signed_in(board_reader)
    first = client.get(PAGE)
    assert "20 more children in external residential for six months cost about" in words(first)
    other = fields_of(first) | {"line": "external_foster_care"}

    assert "six months cost about £383,000 (" in words(client.get(PAGE, other))
    assert "six months cost about £400,000 (" in words(client.get(PAGE, other | {"cost": "40,000"}))
    again = fields_of(client.get(PAGE, other)) | {"cost": "38,000"}
    assert "six months cost about £380,000 (" in words(client.get(PAGE, again))
