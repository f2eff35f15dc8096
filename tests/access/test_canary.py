"""A figure that was never issued occurs in no answer that a scrutiny member, a stranger or the public can get."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.canary import every_address, hits, other_methods
from tests.access.crawl import crawl

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("role", ["anonymous", "scrutiny", "scrutiny-token", "other", "admin"])
def test_what_is_not_issued_is_nowhere(canary, client_of, role):
    # An officer looks first, so that what can be kept for the next reader is kept.
    officer = client_of("officer", Client)
    for address in every_address():
        officer.get(address)
    client = client_of(role, Client)

    answers = list(crawl(client, [reverse("home"), *every_address()])) + other_methods(client)

    assert hits(answers) == {}
    assert len({one.address for one in answers}) > 60
    assert {one.status for one in answers} <= {200, 302, 307, 400, 401, 403, 404, 405, 415}
    if role == "admin":
        assert any("figures.imported" in one.text for one in answers), "the trail was not looked at"
    if role == "scrutiny":
        pages = {one.address for one in answers if one.status == 200}
        assert {
            reverse("reports:reports", args=["sandwell"]),
            reverse("kpis:how-we-measure", args=["sandwell"]),
        } <= pages
