"""Limits of a contract's money: printed and chosen until the council's administrator sets others, with a reason."""

from fractions import Fraction

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from audit.models import AuditEvent
from budgets.limits.selectors import limits_of
from budgets.limits.setting import LimitsRefused, set_limits
from budgets.models import VarianceLimits
from budgets.rules.variance import LIMITS, Limits
from parties.services import OutOfScope
from tests.cast import BY
from tests.conftest import _person
from tests.pages import words

pytestmark = pytest.mark.django_db
ADD = "admin:budgets_variancelimits_add"
TIGHTER = Limits(red=20_000_000, amber_percent=Fraction(3, 2), amber=1_000_000)


def test_what_is_printed_and_chosen_holds_until_it_is_changed(contract):
    assert limits_of(contract).limits == LIMITS
    assert limits_of(contract).rule == (
        "Red: more than £500,000 over. Amber: more than 2% and more than £50,000 over. Else green."
        " Red is printed: the Annual Review calls overspends from there major. Amber is chosen."
    )


def test_the_councils_administrator_sets_others_and_says_why(signed_in, administrator, contract):
    client = signed_in(administrator)
    form = client.get(reverse(ADD)).content.decode()
    assert 'value="500000.00"' in form and 'value="2"' in form
    given = {"contract": contract.pk, "red_above": "£200,000", "amber_above": "10k", "amber_per_cent": "1.5"}

    refused = client.post(reverse(ADD), given | {"reason": "Agreed in May"})
    assert "counts thousands" in refused.content.decode()
    given["amber_above"] = "10,000"
    client.post(reverse(ADD), given | {"reason": "Agreed in May"}, follow=True)

    assert limits_of(contract).limits == TIGHTER
    assert limits_of(contract).rule == (
        "Red: more than £200,000 over. Amber: more than 1.5% and more than £10,000 over. Else green."
        " Set by Administrator on 20 April 2020: Agreed in May."
    )
    told = AuditEvent.objects.get(action="money.limits.set")
    assert "500,000" in told.changes["before"] and "200,000" in told.changes["now"]
    again = client.post(reverse(ADD), given | {"reason": "Agreed in May"})
    assert "These limits hold already." in again.content.decode()
    listed = client.get(reverse("admin:budgets_variancelimits_changelist")).content.decode()
    assert "Agreed in May" in listed


def test_the_page_of_a_month_goes_by_them(signed_in, trust_manager, books, contract):
    address = "/contracts/sandwell/money/books/trust/2018/2/"
    assert "more than £500,000 over" in words(signed_in(trust_manager).get(address))

    set_limits(by=BY, contract=contract, limits=TIGHTER, reason="Agreed in May")

    assert "more than £200,000 over" in words(signed_in(trust_manager).get(address))


def test_no_provider_moves_its_own_limits(contract):
    theirs = _person("their-administrator", contract.provider, "administrator")
    with pytest.raises(OutOfScope):
        set_limits(by=theirs, contract=contract, limits=TIGHTER, reason="Agreed in May")


@pytest.mark.parametrize(
    ("limits", "reason", "says"),
    [
        (TIGHTER, "-", "Say why"),
        (LIMITS, "Agreed", "hold already"),
        (Limits(1, Fraction(2), 2), "Agreed", "Red begins at amber"),
    ],
)
def test_what_is_refused_says_why(contract, limits, reason, says):
    with pytest.raises(LimitsRefused, match=says):
        set_limits(by=BY, contract=contract, limits=limits, reason=reason)


def test_the_database_keeps_what_held(contract):
    row = set_limits(by=BY, contract=contract, limits=TIGHTER, reason="Agreed in May")
    for write in (
        lambda: VarianceLimits.objects.update(red=1),
        row.delete,
        lambda: VarianceLimits.objects.create(
            contract=contract, number=2, red=1, amber=2, amber_percent=1, reason="Agreed", set_as="Somebody"
        ),
    ):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            write()
