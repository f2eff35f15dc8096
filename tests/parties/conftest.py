import pytest

from parties.models import User
from parties.services import set_password
from tests.cast import BY, PASSWORD


@pytest.fixture
def with_password(client_officer: User) -> User:
    """The client officer, who can sign in with PASSWORD."""
    set_password(user=client_officer, password=PASSWORD, by=BY)
    return client_officer
