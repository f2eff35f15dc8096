"""The API answers as its own OpenAPI description says, whatever it is asked, by a person signed in and by a program."""

import re
import uuid
from collections import Counter
from contextlib import contextmanager

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from schemathesis import GenerationMode

from parties.services import create_token, create_user, grant_membership
from tests.cast import BY

pytestmark = pytest.mark.django_db

# Who asks is proved here and never made up; what comes of no proof stands in the access table.
CONFIG = schemathesis.Config.from_dict(
    {"generation": {"with-security-parameters": False}, "checks": {"ignored_auth": {"enabled": False}}}
)
# The same examples in every run. What the API makes of one costs a page's work.
EXAMPLES = examples(
    max_examples=40, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)
WELL_WRITTEN = {200, 404}
BADLY_WRITTEN = {400, 404}


@contextmanager
def one_connection():
    """The program closes its connection to the database after each answer; a test's rows live in the one it has.

    Django's test client does this for itself, and undoes it.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@pytest.fixture
def a_person(persona):
    """How a signed-in client officer proves who they are."""
    client = Client()
    client.force_login(persona("client-officer"))
    return {"cookies": {"sessionid": client.cookies["sessionid"].value}}


@pytest.fixture
def a_program(demonstration):
    """How a program proves it with a client officer's token."""
    officer = create_user(username="program", by=BY)
    grant_membership(user=officer, organisation=demonstration.commissioner, role="client_officer", by=BY)
    return {"headers": {"Authorization": f"Token {create_token(user=officer, by=BY)}"}}


@pytest.mark.parametrize(
    ("mode", "statuses"), [(GenerationMode.POSITIVE, WELL_WRITTEN), (GenerationMode.NEGATIVE, BADLY_WRITTEN)]
)
@pytest.mark.parametrize("who", ["a_person", "a_program"])
def test_every_answer_is_one_that_is_described(request, officer, who, mode, statuses):
    proof = request.getfixturevalue(who)
    headers = {"Accept-Encoding": "identity"} | proof.get("headers", {})
    schema = schemathesis.openapi.from_dict(officer.get("/api/schema/?format=json").json(), config=CONFIG)
    schema.app = get_wsgi_application()
    answered = Counter()

    @EXAMPLES
    def holds(case):
        cache.key_prefix = uuid.uuid4().hex  # nobody has asked too often yet
        if re.fullmatch(r"[-\w]+", str(case.path_parameters.get("contract_code", "")), re.ASCII):
            case.path_parameters["contract_code"] = "sandwell"
        response = case.call(headers=headers, cookies=proof.get("cookies"))
        answered[response.status_code] += 1
        case.validate_response(response)

    operations = [found.ok() for found in schema.get_all_operations()]
    with one_connection():
        for operation in operations:
            given(case=operation.as_strategy(generation_mode=mode))(holds)()

    assert {operation.label for operation in operations} == {
        "GET /api/schema/",
        "GET /api/v1/contracts/{contract_code}/indicators/",
        "GET /api/v1/contracts/{contract_code}/statuses/",
    }
    assert set(answered) == statuses
