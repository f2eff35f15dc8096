"""What a budget was reckoned with, and its variance as number and price: only where a basis stands."""

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction

from audit.models import AuditEvent
from budgets.models import Basis
from tests.pages import text, words

pytestmark = pytest.mark.django_db
LINE = "/contracts/sandwell/money/books/trust/lines/external_foster_care/"
GIVEN = {
    "assumed": "220", "unit_cost": "37,410", "lowest": "35,000", "highest": "40,000",
    "words": "Children with agency carers", "document": "Workings of the budget", "place": "Sheet 2",
}  # fmt: skip


def send(client, version=0, line=LINE, year=2018, **given):
    fields = GIVEN | {"of_year": year, "version": version} | given
    return client.post(
        f"{line}basis/", {f"basis-{name}": value for name, value in fields.items()}, follow=True
    )


def rows_of(answer):
    soup = BeautifulSoup(answer.content, "lxml")
    return [text(row) for row in soup.select("section[aria-labelledby=basis] tbody tr")]


def test_without_a_basis_nothing_is_split(signed_in, board_reader, lived):
    page = words(signed_in(board_reader).get(LINE, {"year": "2018"}))

    assert "reckoned with" not in page and "Number" not in page


def test_a_basis_splits_the_variance_to_the_penny(signed_in, trust_manager, board_reader, lived):
    assert "The basis is kept." in words(send(signed_in(trust_manager)))

    answer = signed_in(board_reader).get(LINE, {"year": "2018"})
    page = words(answer)
    assert "220 at £37,410 each (range £35,000 to £40,000): Children with agency carers." in page
    assert "Workings of the budget, Sheet 2; entered by" in page
    assert "There were 289.5 on average, of 262, 286, 317, 293 at the quarters’ ends." in page
    # 69.5 children more at £37,410; £100 lie outside: 220 × £37,410 is £8,230,200.
    assert rows_of(answer) == [
        "Volume first, at the assumed unit cost +£2,599,995 +£254,894 +£100 +£2,854,989",
        "At £35,000 each +£2,432,500 +£952,589 −£530,100 +£2,854,989",
        "At £40,000 each +£2,780,000 −£494,911 +£569,900 +£2,854,989",
    ]
    assert "differ by less than a tenth" in page
    assert "because" not in page
    assert AuditEvent.objects.filter(action="money.basis.entered").count() == 1


def test_both_orders_stand_where_they_differ_by_a_tenth(signed_in, trust_manager, lived):
    answer = send(signed_in(trust_manager), assumed="200", unit_cost="30,000", lowest="", highest="")

    rows = rows_of(answer)
    # 89.5 × £30,000 first; price first, £38,290.46 less £30,000, × 200, leaves volume £742,000 more of £5,085,089.
    assert rows[0] == "Volume first, at the assumed unit cost +£2,685,000 +£2,400,089 −£2,230,100 +£2,854,989"
    assert rows[1].startswith("Price first, on the assumed number +£3,426,996.43 +£1,658,092.57")
    assert "differ by a tenth or more with the order" in words(answer)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("assumed", "22O", "“22O”"),
        ("assumed", "220.125", "more than two decimals"),
        ("assumed", "", "Give this: how many were assumed"),
        ("unit_cost", "37k", "counts thousands"),
        ("unit_cost", "-5", "Give nil or more"),
        ("unit_cost", "(5)", "“(5)” may be below nil"),
        ("lowest", "38,000", "no more than one costs"),
        ("highest", "37,000", "no less than one costs"),
        ("document", "", "Give this: in which document"),
    ],
)
def test_what_is_no_basis_is_refused_by_name(signed_in, trust_manager, lived, field, value, says):
    answer = send(signed_in(trust_manager), **{field: value})

    assert says in words(answer)
    assert not Basis.objects.filter(line__code="external_foster_care").exists()


def test_it_is_put_right_by_who_saw_what_stood(signed_in, trust_manager, lived):
    trust = signed_in(trust_manager)
    send(trust)
    assert "That basis is kept already." in words(send(trust))

    late = send(trust, assumed="230")
    assert late.status_code == 409
    assert "somebody else entered a basis meanwhile" in words(late)
    assert 'value="230"' in late.content.decode()

    assert "The basis is kept." in words(send(trust, version=1, assumed="230"))
    basis = Basis.objects.get(line__code="external_foster_care")
    assert (basis.assumed, basis.version) == (23_000, 2)
    assert AuditEvent.objects.latest("sequence").changes == {"assumed": [22_000, 23_000]}


def test_a_basis_of_the_books_documents_is_not_changed_here(signed_in, trust_manager, lived):
    line = lived.lines.get(code="secure_units")
    Basis.objects.create(
        line=line, year=2018, assumed=300, words="Children", document="Report", place="Page 1"
    )
    trust, address = signed_in(trust_manager), LINE.replace("external_foster_care", "secure_units")

    page = words(trust.get(address, {"year": "2018"}))
    assert "The basis has no unit cost, so no variance is split by it." in page
    assert "Put the basis right" not in page
    assert "is printed, and came with the book" in words(send(trust, line=address, version=1))
    assert Basis.objects.get(line=line).unit_cost is None


def test_without_numbers_of_each_quarter_nothing_is_split(signed_in, trust_manager, lived):
    answer = send(signed_in(trust_manager), year=2019)

    assert "How many there were isn’t printed for each quarter" in words(answer)
    assert rows_of(answer) == []


def test_others_enter_no_basis(signed_in, client_officer, lived):
    assert send(signed_in(client_officer)).status_code == 403


def test_the_database_holds_the_range(lived):
    line = lived.lines.get(code="secure_units")
    for wrong in ({"lowest": 11}, {"highest": 9}, {"assumed": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Basis.objects.create(
                line=line,
                year=2018,
                words="x",
                document="x",
                place="x",
                **({"unit_cost": 10, "assumed": 1} | wrong),
            )
