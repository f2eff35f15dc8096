from typing import Any

import pytest

from parties.models import User
from parties.services import create_user, grant_membership, set_password
from tests.own_database import database_for_threads

PASSWORD = "a long walk by the canal"
BY = "the tests"


@pytest.fixture
def with_password(client_officer: User) -> User:
    """The client officer, who can sign in with PASSWORD."""
    set_password(user=client_officer, password=PASSWORD, by=BY)
    return client_officer


@pytest.fixture
def other_administrator(other_contract: Any) -> User:
    """An administrator of the council of the other contract."""
    user = create_user(username="other-administrator", by=BY)
    grant_membership(user=user, organisation=other_contract.commissioner, role="administrator", by=BY)
    return user


@pytest.fixture
def own_database(transactional_db: None, tmp_path):
    """See tests.own_database; taken last, after the rows that its threads should find."""
    with database_for_threads(tmp_path) as run:
        yield run
