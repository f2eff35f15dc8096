from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from budgets.books.files import read_book
from budgets.books.loading import load_book
from budgets.models import Book
from budgets.rules.budget_change import Kind
from budgets.versions.proposing import Wanted, propose
from calendars.services import add_meeting
from core.values.months import ContractYear
from improvement.plans.files import read_plan
from improvement.plans.loading import load_plan
from kpis.figures.models import Figure
from kpis.importing.given_file import GivenFile
from kpis.importing.one_contract import check_file, import_figures
from kpis.returns.upload_handler import FIGURES
from kpis.review.services import explain_figure, query_figure
from parties.participants import participant_for
from parties.services import create_user, grant_membership
from parties.services.tokens import create_token
from tests.access.canary import ANSWER, FILE, QUERY
from tests.cast import BY
from tests.conftest import CheckingClient
from uploads.receiving import HandedIn, receive

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


@pytest.fixture(autouse=True)
def the_demonstrations_door(settings):
    settings.ROOT_URLCONF = "tests.access.demonstration_urls"
    settings.IS_DEMO = True


@pytest.fixture
def person(demonstration, persona, other_trust_manager) -> Callable[[str], Any]:
    """Who stands in the table's columns: person("trust"); None for the public."""
    council = demonstration.commissioner
    receive(
        handler=FIGURES,
        by=participant_for(persona("trust-manager"), "sandwell"),
        given=HandedIn.file("march.csv", b"indicator"),
    )
    load_plan(by=BY, contract=demonstration, folder=read_plan(FIXTURES / "plans" / "2019-22"))
    load_book(by=BY, contract=demonstration, folder=read_book(FIXTURES / "budgets" / "trust"))
    propose_change(participant_for(persona("trust-manager"), "sandwell"))
    add_meeting(contract=demonstration, board="operational", day=date(2030, 5, 1), by=BY)
    for username, role in (("program", "client_officer"), ("scrutiny-program", "scrutiny_member")):
        user = create_user(username=username, by=BY)  # a persona can't have a token
        grant_membership(user=user, organisation=council, role=role, by=BY)
    usernames = {"trust": "trust-manager", "officer": "client-officer", "scrutiny": "scrutiny-member"}
    usernames |= {"board": "board-reader", "owner": "action-owner"}
    usernames |= {"lead": "finance-lead", "finance": "council-finance"}
    usernames |= {"admin": "administrator", "other": "other-trust-manager", "token": "program"}
    usernames |= {"scrutiny-token": "scrutiny-program"}
    return lambda role: persona(usernames[role]) if role in usernames else None


def propose_change(by: Any) -> None:
    book = Book.objects.get(code="trust")
    line = book.lines.get(code="external_foster_care")
    wanted = Wanted(ContractYear(2018), Kind.GROWTH, "More children", {line.pk: 10**9}, seen=1)
    propose(by=by, book=book, wanted=wanted, today=date(2020, 4, 20))


@pytest.fixture
def client_of(person) -> Callable[..., Client]:
    """A client signed in as the table's column says; "token" has an API token and no session."""

    def client_of(role: str, kind: type[Client] = CheckingClient) -> Client:
        client = kind()
        user = person(role)
        if role.endswith("token"):
            client.defaults["HTTP_AUTHORIZATION"] = f"Token {create_token(user=user, by=BY)}"
        elif user is not None:
            client.force_login(user)
        return client

    return client_of


@pytest.fixture
def canary(demonstration, person, settings, django_capture_on_commit_callbacks):
    """Two figures, one of them queried and explained."""
    settings.CELERY_ON = False
    today = date(2026, 1, 1)
    with django_capture_on_commit_callbacks(execute=True):
        checked = check_file(
            GivenFile("march.csv", FILE.encode()), contract=demonstration, today=today, accepted="As counted"
        )
        import_figures(by=BY, contract=demonstration, checked=checked, file_name="canary.csv")
    assert Figure.objects.get(indicator__code="PI1", month="2020-03-01").latest.numerator == 5172839
    seen = Figure.objects.get(indicator__code="PI5", month="2020-03-01").latest
    officer, trust = (participant_for(person(role), demonstration.code) for role in ("officer", "trust"))
    with django_capture_on_commit_callbacks(execute=True):
        query_figure(by=officer, seen=seen, reason=QUERY, answer_by=today, today=today)
        explain_figure(by=trust, seen=seen, words=ANSWER, disputes=False)
    return demonstration
