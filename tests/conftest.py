"""The fixed cast of the tests and the ground they stand on: real rows, made by the program's own services."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, TransactionTestCase
from hypothesis import HealthCheck, settings

from audit.services import begin_chain
from core.pause import redis_pause
from core.values.months import Month
from tests.append_only import lifted
from tests.cast import BY
from tests.html_rules import faults
from tests.installation import begin_run, end_run
from tests.own_database import database_for_threads

COPY = "demonstration_of_"

# How long an example takes says more of what else the machine does than of the rule.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


class CheckingClient(Client):
    """Django's test client, which also holds every HTML answer to the rules of ``tests.html_rules``."""

    def request(self, **request: Any) -> HttpResponse:
        response = super().request(**request)
        html = response.get("Content-Type", "").startswith("text/html") and not response.get(
            "Content-Encoding"
        )
        if html and response.content and not str(request.get("PATH_INFO", "")).startswith("/admin/"):
            broken = faults(response.content.decode())
            assert not broken, f"{request['PATH_INFO']}: {'; '.join(broken)}"
        return response


_flush = TransactionTestCase._fixture_teardown


def _flush_with_triggers_lifted(self: TransactionTestCase) -> None:
    with lifted(connection):
        _flush(self)
    begin_chain()


TransactionTestCase._fixture_teardown = _flush_with_triggers_lifted  # type: ignore[method-assign]


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the first process of the run, from which the others inherit
        begin_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        end_run()


# These touch no database, cache or worker, so there is one answer.
WITHOUT_DATABASE = (
    "tests/access/test_source.py",
    "tests/budgets/imports/test_many_lines.py",
    "tests/budgets/rules/",
    "tests/calendars/test_feed.py",
    "tests/core/values/",
    "tests/fixtures_and_facts/",
    "tests/kpis/charts/",
    "tests/kpis/figures/test_entries.py",
    "tests/kpis/obligations/test_words.py",
    "tests/kpis/rules/",
    "tests/kpis/sentences/",
    "tests/kpis/test_trail_words.py",
    "tests/notices/test_presenter.py",
    "tests/parties/test_roles.py",
    "tests/sandwell/test_makefile.py",
    "tests/uploads/test_hostile_files.py",
)


# They go through lines that the tests of each room count as well; to count takes as long as to run.
WITHOUT_COVERAGE = (
    "tests/access/test_bad_addresses.py",
    "tests/access/test_canary",
    "tests/budgets/imports/test_many_lines.py",
    "tests/budgets/rules/test_million_lines.py",
    "tests/faults/",
    "tests/journeys/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith(WITHOUT_COVERAGE):
            item.add_marker("no_cover")
        if item.nodeid.startswith(WITHOUT_DATABASE):
            item.add_marker(pytest.mark.once)


@pytest.fixture(autouse=True)
def own_cache() -> None:
    """Each test has a cache of its own, also where several share one Redis, and one that didn't fail before."""
    cache.key_prefix = uuid.uuid4().hex
    redis_pause.worked()


@pytest.fixture
def client() -> Client:
    return CheckingClient()


@pytest.fixture
def signed_in() -> Callable[[Any], Client]:
    """A client in whose session the person is signed in: signed_in(client_officer).get("/")."""

    def sign_in(user: Any) -> Client:
        client = CheckingClient()
        client.force_login(user)
        return client

    return sign_in


def _contract(code: str, council: Any, trust: Any, **terms: Any) -> Any:
    from parties.services import create_contract

    return create_contract(
        code=code,
        name="Children's services contract",
        commissioner=council,
        provider=trust,
        starts_on=date(2018, 4, 1),
        reporting_until=date(2020, 3, 1),
        by=BY,
        **terms,
    )


def _organisation(kind: str, code: str, name: str) -> Any:
    from parties.services import create_organisation

    return create_organisation(kind=kind, code=code, name=name, short_name=name, by=BY)


@pytest.fixture
def council(db: None) -> Any:
    return _organisation("council", "sandwell-council", "Sandwell Council")


@pytest.fixture
def trust(db: None) -> Any:
    return _organisation("trust", "sandwell-trust", "Sandwell Children's Trust")


@pytest.fixture
def contract(council: Any, trust: Any) -> Any:
    """The contract from April 2018 that reports until March 2020, without indicators."""
    return _contract("sandwell", council, trust)


@pytest.fixture
def other_contract(db: None) -> Any:
    """A contract between two organisations to which nobody of the cast belongs but ``other_trust_manager``."""
    return _contract(
        "elsewhere",
        _organisation("council", "elsewhere-council", "Elsewhere Council"),
        _organisation("trust", "elsewhere-trust", "Elsewhere Children's Trust"),
    )


def _person(username: str, organisation: Any, role: str) -> Any:
    from parties.services import create_user, grant_membership

    user = create_user(username=username, first_name=username.replace("-", " ").capitalize(), by=BY)
    grant_membership(user=user, organisation=organisation, role=role, by=BY)
    return user


@pytest.fixture
def client_officer(contract: Any) -> Any:
    return _person("client-officer", contract.commissioner, "client_officer")


@pytest.fixture
def trust_manager(contract: Any) -> Any:
    return _person("trust-manager", contract.provider, "trust_manager")


@pytest.fixture
def finance_lead(contract: Any) -> Any:
    return _person("finance-lead", contract.provider, "finance_lead")


@pytest.fixture
def council_finance(contract: Any) -> Any:
    return _person("council-finance", contract.commissioner, "council_finance")


@pytest.fixture
def scrutiny_member(contract: Any) -> Any:
    return _person("scrutiny-member", contract.commissioner, "scrutiny_member")


@pytest.fixture
def administrator(contract: Any) -> Any:
    return _person("administrator", contract.commissioner, "administrator")


@pytest.fixture
def other_trust_manager(other_contract: Any) -> Any:
    return _person("other-trust-manager", other_contract.provider, "trust_manager")


@pytest.fixture
def other_administrator(other_contract: Any) -> Any:
    """An administrator of the council of the other contract."""
    return _person("other-administrator", other_contract.commissioner, "administrator")


@pytest.fixture
def in_process(settings: Any) -> None:
    """What the worker would do is done here and now, also where the suite has a worker."""
    settings.CELERY_ON = False


@pytest.fixture
def years_later(settings: Any) -> None:
    """A day on which every month of the demonstration's contract, and some after it, are over."""
    settings.DEMONSTRATION_DAY = date(2026, 11, 24)


@pytest.fixture
def own_database(transactional_db: None, tmp_path: Path) -> Iterator[Callable[[Callable[[], Any]], Any]]:
    """See tests.own_database; taken last, after the rows that its threads should find."""
    with database_for_threads(tmp_path) as run:
        yield run


@pytest.fixture(scope="session")
def definition_rows(django_db_setup: None, django_db_blocker: Any) -> list[tuple[Any, list[Any]]]:
    """The rows of the reviewed definitions, loaded once by the program's own command and taken back again."""
    from kpis import models as kpis

    kinds: list[Any] = [kpis.Indicator, kpis.BandVersion, kpis.PublishedStatistic, kpis.SourceNote]
    kinds.append(kpis.FiguresVersion)
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_contract", verbosity=0)
        rows = [(kind, list(kind.objects.all())) for kind in kinds]
        transaction.set_rollback(True)
    return rows


@pytest.fixture
def defined(contract: Any, definition_rows: list[tuple[Any, list[Any]]]) -> Any:
    """The contract with its twenty reviewed indicators, and no figure yet."""
    for kind, rows in definition_rows:
        for row in rows:
            if hasattr(row, "contract_id"):
                row.contract_id = contract.pk
        kind.objects.bulk_create(rows)
    return contract


@pytest.fixture(scope="session")
def demonstration_tables(django_db_setup: None, django_db_blocker: Any) -> list[str]:
    """Tables whose rows the program's own command loaded once and that were taken back: copies stand beside them."""
    from kpis import models as kpis
    from parties import models as parties

    kinds: list[Any] = [parties.Organisation, parties.Contract, parties.Partnership]
    kinds += [parties.User, parties.Membership]
    kinds += [kpis.Indicator, kpis.BandVersion, kpis.PublishedStatistic, kpis.SourceNote, kpis.Figure]
    kinds += [kpis.FigureRevision, kpis.FiguresVersion, kpis.IndicatorStatus]
    tables = [kind._meta.db_table for kind in kinds]
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        # Django asks this of SQLite once in a process: it is no query of the page that happens to come first.
        assert connection.features.supports_json_field
        with transaction.atomic():
            call_command("load_demonstration", until=Month(2020, 3), verbosity=0)
            rows = {table: _rows(cursor, table) for table in tables}
            transaction.set_rollback(True)
        for table, (names, loaded) in rows.items():
            cursor.execute(f"CREATE TABLE {COPY}{table} AS SELECT * FROM {table}")
            cursor.executemany(f"INSERT INTO {COPY}{table} VALUES ({', '.join(['%s'] * names)})", loaded)
        cursor.execute(f"CREATE TABLE {COPY}states AS SELECT id, state FROM {COPY}kpis_figure")
        cursor.execute(
            f"UPDATE {COPY}kpis_figure SET state = 'submitted', latest_id = NULL, accepted_id = NULL"
        )
    return tables


def _rows(cursor: Any, table: str) -> tuple[int, list[Any]]:
    """How many columns the table has, and its rows."""
    cursor.execute(f"SELECT * FROM {table}")
    return len(cursor.description), cursor.fetchall()


@pytest.fixture
def demonstration(db: None, demonstration_tables: list[str]) -> Any:
    """The demonstration's contract with all its figures and statuses, and its personas."""
    from parties.models import Contract

    with connection.cursor() as cursor:
        for table in demonstration_tables:
            cursor.execute(f"INSERT INTO {table} SELECT * FROM {COPY}{table}")
        # A figure's latest revision must be one of its own, so it is named when the revisions are there; what is
        # accepted is accepted as it reads then.
        newest = "(SELECT MAX(r.id) FROM kpis_figurerevision r WHERE r.figure_id = kpis_figure.id)"
        state = f"(SELECT s.state FROM {COPY}states s WHERE s.id = kpis_figure.id)"
        accepted = f"CASE {state} WHEN 'accepted' THEN {newest} END"
        cursor.execute(
            f"UPDATE kpis_figure SET state = {state}, latest_id = {newest}, accepted_id = {accepted}"
        )
    return Contract.objects.get(code="sandwell")


@pytest.fixture
def persona(demonstration: Any) -> Callable[[str], Any]:
    """One of the demonstration's people by username: persona("client-officer")."""
    from parties.models import User

    return lambda username: User.objects.get(username=username)


@pytest.fixture
def officer(persona: Callable[[str], Any], signed_in: Callable[[Any], Client]) -> Client:
    """The demonstration's client officer, signed in."""
    return signed_in(persona("client-officer"))


@pytest.fixture
def manager(persona: Callable[[str], Any], signed_in: Callable[[Any], Client]) -> Client:
    """The demonstration's Trust manager, signed in."""
    return signed_in(persona("trust-manager"))
