"""A thousand people submit one figure at once: one wins, all others are told, and nothing is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection

from audit.models import AuditEvent
from core.values.months import Month
from kpis.definitions.models import Indicator
from kpis.figures.models import Figure, FigureRevision
from kpis.figures.services import Entry
from kpis.returns import submitting
from kpis.returns.draft_text import DraftText
from kpis.returns.drafting import DraftConflict, DraftEdit
from kpis.returns.submitting import submit_return
from kpis.returns.validation import Validation
from parties.models import Contract
from parties.participants import participant_for

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

MONTH = Month.parse("2020-03")
AT_ONCE = 24
WON, CONFLICT, REFUSED = "won", "conflict", "refused by the database"


@pytest.fixture
def empty_month(contract, trust_manager, settings) -> Iterator[Contract]:
    """A contract with its definitions and no figure."""
    from django.core.management import call_command

    settings.CELERY_ON = True  # nothing is computed in these threads
    call_command("load_contract", verbosity=0)
    return contract


def attempt(number: int) -> str:
    """One person's submission of a value of their own, begun when there was no figure."""
    try:
        participant = participant_for(_manager(), "sandwell")
        indicator = Indicator.objects.visible_to(participant).get(code="PI5")
        entry = Entry(indicator, date(2020, 3, 1), None, None, Decimal(number), "", "returned")
        edit = DraftEdit(indicator, DraftText(value=str(number)), was="", begun_from=None)
        submit_return(by=participant, month=MONTH, validated=[Validation(edit, entry, None, [], [], None)])
    except DraftConflict as conflict:
        (now,) = conflict.meanwhile.values()
        assert now.figure is not None and now.figure.latest is not None
        return CONFLICT
    except IntegrityError:
        return REFUSED
    finally:
        connection.close()
    return WON


def _manager():
    from parties.models import User

    return User.objects.get(username="trust-manager")


def outcomes(attempts: int) -> Counter[str]:
    with ThreadPoolExecutor(AT_ONCE) as people:
        return Counter(people.map(attempt, range(attempts)))


def test_without_protection_a_submission_overwrites_another_unseen(empty_month, monkeypatch):
    monkeypatch.setattr(submitting, "_refuse_conflicts", lambda waiting, standing: None)

    seen = outcomes(200)

    assert seen[WON] > 1
    assert FigureRevision.objects.count() == seen[WON]


def test_of_a_thousand_submissions_of_one_figure_exactly_one_wins(empty_month):
    before = AuditEvent.objects.count()

    seen = outcomes(1000)

    assert seen == {WON: 1, CONFLICT: 999}
    figure = Figure.objects.get()
    revision = FigureRevision.objects.get()
    assert figure.latest_id == revision.pk
    assert revision.number == 1
    entries = AuditEvent.objects.filter(action="return.submitted")
    assert entries.count() == 1
    assert AuditEvent.objects.count() == before + 1
    assert f"PI5 2020-03: {revision.value.normalize():f}" in str(entries.get().changes)
