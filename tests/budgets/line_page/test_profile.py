"""A line's budget over the months: in even parts, by working days, or by amounts that add up to it."""

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, IntegrityError, transaction

from audit.models import AuditEvent
from budgets.books.refusals import MoneyRefused
from budgets.line_page.presenter import plan_of
from budgets.line_page.profiling import Place, Planned, set_profile
from budgets.models import Amount, Profile, Version
from core.values.months import ContractYear
from parties.participants import participant_for
from tests.pages import text, words

pytestmark = pytest.mark.django_db
LINE = "/contracts/sandwell/money/books/trust/lines/external_foster_care/"
BUDGET = 823_010_000
OWN = ["600,000"] * 11 + ["1,630,100"]


def send(client, way, months=(), version=0, year=2018, **given):
    fields = {"of_year": year, "version": version, "way": way, "words": ""} | given
    fields |= {f"month{number}": amount for number, amount in enumerate(months, 1)}
    return client.post(
        f"{LINE}profile/", {f"profile-{name}": value for name, value in fields.items()}, follow=True
    )


def planned_cells(client):
    soup = BeautifulSoup(client.get(LINE, {"year": "2018"}).content, "lxml")
    return [text(cell).split(" ")[0] for cell in soup.select("td[data-label='Planned to date']")]


def test_an_own_plan_is_kept_shown_and_told(signed_in, trust_manager, board_reader, lived):
    trust = signed_in(trust_manager)

    answer = words(send(trust, "own", OWN, words="Invoices come late"))

    assert "The plan is kept." in answer
    profile = Profile.objects.get()
    assert (profile.shares, profile.number, profile.budget) == ([60_000_000] * 11 + [163_010_000], 1, BUDGET)
    assert planned_cells(signed_in(board_reader))[::-1][:2] == ["£600,000", "£1,200,000"]
    assert planned_cells(trust)[0] == "£8,230,100"
    assert (
        "The budget of 2018/19, £8.23 million, planned by its own twelve amounts Invoices come late" in answer
    )
    event = AuditEvent.objects.get(action="money.profile.set")
    assert event.summary == "External Foster Care, 2018/19: planned by its own twelve amounts."


def test_what_holds_where_nobody_chose_is_planned_already(signed_in, trust_manager, lived):
    answer = send(signed_in(trust_manager), "working_days")

    assert "It is planned like that already: nothing was changed." in words(answer)
    assert not Profile.objects.exists()


def test_a_later_plan_takes_its_place_and_both_stay(signed_in, trust_manager, lived):
    trust = signed_in(trust_manager)
    send(trust, "own", OWN)

    assert "The plan is kept." in words(send(trust, "even", version=1))
    assert "It is planned like that already: nothing was changed." in words(send(trust, "even", version=1))

    assert list(Profile.objects.values_list("number", "way")) == [(1, "own"), (2, "even")]
    # £8,230,100 in twelve parts.
    assert planned_cells(trust)[-1] == "£685,842"


@pytest.mark.parametrize(
    ("months", "says"),
    [
        ([*OWN[:11], "1,630,000"], "The twelve months add up to £8,230,000, £100 less than the budget."),
        ([*OWN[:11], ""], "Give March, 0 where nothing is planned"),
        ([*OWN[:11], "1,63O,100"], "has letters in it"),
        (["600,000"] * 10 + ["−100", "2,230,200"], "A month of a plan is nil or more."),
    ],
)
def test_a_plan_that_is_not_the_budget_is_refused_by_name(signed_in, trust_manager, lived, months, says):
    answer = send(signed_in(trust_manager), "own", months)

    assert says in words(answer)
    assert f'value="{months[0]}"' in answer.content.decode()
    assert not Profile.objects.exists()


def test_who_comes_second_sees_what_came_first(signed_in, trust_manager, lived):
    trust = signed_in(trust_manager)
    send(trust, "even")

    second = send(trust, "own", OWN)

    assert second.status_code == 409
    assert "somebody else changed this plan meanwhile" in words(second)
    assert 'value="1,630,100"' in second.content.decode()
    assert "planned in even parts" in words(second)


def test_only_the_keeper_plans_a_budget_that_there_is(
    signed_in, client_officer, trust_manager, contract, lived
):
    assert send(signed_in(client_officer), "even").status_code == 403
    assert "Plan the budget" not in words(signed_in(client_officer).get(LINE))
    line, by = lived.lines.get(code="leaving_care_rents"), participant_for(trust_manager, contract.code)
    with pytest.raises(MoneyRefused, match="has no budget in 2018/19"):
        set_profile(by=by, place=Place(lived, line, ContractYear(2018)), planned=Planned("even", (), "", 0))
    other = contract.books.get(code="directorate")
    with pytest.raises(MoneyRefused, match="kept by the other party"):
        set_profile(
            by=by,
            place=Place(other, other.lines.get(code="DEE.employees"), ContractYear(2018)),
            planned=Planned("even", (), "", 0),
        )
    assert send(signed_in(trust_manager), "even", year=1999).status_code == 404


def test_a_budget_that_changed_is_shared_as_the_amounts_were(signed_in, trust_manager, lived):
    trust = signed_in(trust_manager)
    send(trust, "own", OWN)
    line = lived.lines.get(code="external_foster_care")
    version = Version.objects.create(
        book=lived,
        number=9,
        kind="growth",
        words="More children",
        day="2018-09-01",
        document="Report",
        place="Page 3",
    )
    Amount.objects.create(
        line=line, figure="budget", version=version, year=2018, hundredths=2 * BUDGET, unit="£"
    )

    page = words(trust.get(LINE, {"year": "2018"}))

    assert (
        "Its amounts add up to £8.23 million; the budget changed since, and is shared as they were." in page
    )
    assert planned_cells(trust)[::-1][:1] == ["£1,200,000"]
    assert "Growth of 2018/19: £16,460,200 More children 1 September 2018, Report, Page 3" in page


def test_without_a_budget_there_is_no_plan():
    assert plan_of(None, None, ContractYear(2018)).months is None


def test_the_database_keeps_what_was_planned(signed_in, trust_manager, lived):
    send(signed_in(trust_manager), "own", OWN)
    profile = Profile.objects.get()
    alike = {
        "line": profile.line,
        "year": 2018,
        "budget": 1,
        "entered_by": trust_manager,
        "entered_as": "Somebody",
    }
    for write in (
        lambda: Profile.objects.update(way="even", shares=[]),
        profile.delete,
        lambda: Profile.objects.create(number=2, way="own", shares=[], **alike),
        lambda: Profile.objects.create(number=2, way="even", shares=[1], **alike),
        lambda: Profile.objects.create(number=1, way="even", **alike),
        lambda: Profile.objects.create(number=0, way="even", **alike),
    ):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            write()
