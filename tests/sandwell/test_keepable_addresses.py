"""Characters that not every database keeps: they lead nowhere, and never to an error of the server."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["review/PI2%00/", "indicators/%00/figures.csv", "review/PI2%00/query/"])
def test_a_path_with_one_is_not_there(officer, path):
    assert officer.get(f"/contracts/sandwell/{path}").status_code == 404
    assert officer.post(f"/contracts/sandwell/{path}").status_code == 404


@pytest.mark.parametrize("query", ["?month=%00", "trail/?who=%00", "trail/?nothing%00"])
def test_a_query_with_one_is_a_bad_request(officer, query):
    assert officer.get(f"/contracts/sandwell/{query}").status_code == 400


def test_a_session_with_one_is_none():
    answer = Client().get("/account/", headers={"Cookie": 'sessionid="abcdefghijkl\\000mnop"'})

    assert answer.url == "/sign-in/?next=%2Faccount%2F"
