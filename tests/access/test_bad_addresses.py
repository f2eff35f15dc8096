"""No address and no form makes the server fail, whoever sends it."""

import logging

import pytest
from django.test import Client
from django.urls import reverse

from tests.access import routes
from tests.access.hostile import Attack

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "trust", "officer", "scrutiny", "admin")


@pytest.fixture
def quiet():
    """Thousands of refusals aren't logged."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_no_bad_address_is_the_servers_fault(client_of, person, settings, quiet):
    settings.MIDDLEWARE = ["tests.access.hostile.Noting", *settings.MIDDLEWARE]
    addresses = [routes.address(name) for name in routes.names() if not name.startswith(routes.ADMIN)]
    addresses += [reverse(f"{routes.ADMIN}{name}") for name in routes.ADMIN_OWN]
    addresses += routes.admin_addresses(person("admin")).values()
    attack = Attack({role: client_of(role, Client) for role in ROLES})

    attack.on(addresses)

    assert attack.failures == []
    assert attack.rota.unfinished() == []
    assert all(answers.total() >= 2 * len(addresses) for answers in attack.answers.values()), attack.answers
    assert sum(answers["4xx"] for answers in attack.answers.values()) > 1000
