"""Somebody else of the Trust who returns the month."""

import pytest

from parties.services import create_user, grant_membership
from tests.cast import BY


@pytest.fixture
def colleague(april, signed_in):
    user = create_user(username="colleague", first_name="Colleague", by=BY)
    grant_membership(user=user, organisation=april.provider, role="trust_manager", by=BY)
    return signed_in(user)
