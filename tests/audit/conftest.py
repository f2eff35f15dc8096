import pytest

from tests.own_database import database_for_threads


@pytest.fixture
def own_database(transactional_db: None, tmp_path):
    with database_for_threads(tmp_path) as run:
        yield run
