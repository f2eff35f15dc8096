"""The read API: the same rows, scope and words as the pages."""

import re

import pytest
from django.test import Client

from kpis.engine.export import STATUS_COLUMNS
from parties.services import create_token, create_user, grant_membership
from tests.cast import BY

STATUSES = "/api/v1/contracts/sandwell/statuses/"
INDICATORS = "/api/v1/contracts/sandwell/indicators/"


def test_statuses_are_the_months_rows_with_exact_texts(officer):
    answer = officer.get(STATUSES, {"month": "2019-03"}).json()

    pi2 = next(row for row in answer["results"] if row["indicator"] == "PI2")
    assert answer["count"] == 20
    assert set(pi2) == {*STATUS_COLUMNS, "sentence"}
    assert (pi2["numerator"], pi2["denominator"], pi2["value"]) == ("584", None, "72")
    assert pi2["status"] == "within_tolerance"
    assert pi2["sentence"].startswith("72.00, within tolerance (target less than 65).")


def test_a_missing_figure_is_null_and_overdue(officer):
    answer = officer.get(STATUSES, {"month": "2019-10"}).json()

    pi9 = next(row for row in answer["results"] if row["indicator"] == "PI9")
    assert pi9["value"] is None
    assert pi9["status"] == "not_reported"
    assert pi9["months_off_target"] is None
    assert pi9["overdue"] is True


def test_without_a_month_it_is_the_latest_reported(officer):
    answer = officer.get(STATUSES).json()

    assert {row["month"] for row in answer["results"]} == {"2020-03"}


def test_a_month_that_is_none_is_refused_in_words(officer):
    answer = officer.get(STATUSES, {"month": "March"})

    assert answer.status_code == 400
    assert "2019-03" in answer.json()["month"][0]


@pytest.mark.parametrize(("month", "words"), [("2017-03", "March 2017"), ("2031-08", "August 2031")])
def test_a_month_that_there_is_not_is_not_found_in_words(officer, month, words):
    answer = officer.get(STATUSES, {"month": month})

    assert answer.status_code == 404
    assert answer.json() == {
        "detail": f"There are no statuses of {words}; they run from April 2018 to March 2020."
    }


def test_indicators_carry_their_bands(officer):
    answer = officer.get(INDICATORS).json()

    pi14 = next(row for row in answer["results"] if row["code"] == "PI14")
    assert pi14["bands"][0]["target_operator"] == "<"
    assert pi14["bands"][0]["target_value"] == "18.5000"


def test_pages_are_limited(officer):
    answer = officer.get(STATUSES, {"month": "2019-03", "limit": 3}).json()

    assert len(answer["results"]) == 3
    assert answer["next"]


@pytest.mark.parametrize("address", [STATUSES, INDICATORS])
def test_nobody_is_let_in_without_a_session_or_token(demonstration, address):
    assert Client().get(address).status_code == 401


def test_a_scrutiny_member_gets_no_status(persona, signed_in):
    assert signed_in(persona("scrutiny-member")).get(STATUSES).status_code == 403


def test_a_contract_out_of_scope_is_not_there(officer, other_contract):
    assert officer.get("/api/v1/contracts/elsewhere/statuses/").status_code == 404


def test_a_token_reads_what_its_person_may_read(demonstration):
    officer = create_user(username="officer", by=BY)
    grant_membership(user=officer, organisation=demonstration.commissioner, role="client_officer", by=BY)
    token = create_token(user=officer, by=BY)

    answer = Client().get(STATUSES, headers={"Authorization": f"Token {token}"})

    assert answer.status_code == 200


def test_the_api_writes_nothing(officer):
    assert officer.post(STATUSES, {}).status_code in (403, 405)


@pytest.mark.parametrize(("address", "most"), [(STATUSES, 6), (INDICATORS, 7)])
def test_a_list_costs_few_queries(officer, django_assert_max_num_queries, address, most):
    with django_assert_max_num_queries(most):
        officer.get(address)


def test_the_schema_describes_both_lists(officer):
    schema = officer.get("/api/schema/").content.decode()

    assert "/api/v1/contracts/{contract_code}/statuses/" in schema
    assert "/api/v1/contracts/{contract_code}/indicators/" in schema


@pytest.mark.parametrize(
    ("query", "named", "words"),
    [
        ("moth=2019-03", "moth", "takes month, known, limit and offset."),
        ("Month=2019-03", "Month", "There is no parameter “Month” here"),
        ("month[]=2019-03", "month[]", "There is no parameter"),
        ("format=xml", "format", "There is no parameter"),
        ("%00=1", "\0", "There is no parameter"),
        ("month=2019-03&month=2019-04", "month", "“month” is given 2 times. Give it once."),
        ("month=", "month", "“” is not a month"),
        ("month=0001-01", "month", "“0001-01” is out of reach: months are taken from January 1900"),
        ("known=2019-02-30", "known", "There is no day 2019-02-30."),
        ("known=%00", "known", "is not a day"),
        ("limit=0", "limit", "“0” is not a whole number from 1 to 1000."),
        ("limit=" + "9" * 20, "limit", "is not a whole number"),
        ("offset=-1", "offset", "“-1” is not a whole number from 0"),
    ],
)
def test_what_a_parameter_cannot_be_is_refused_with_its_name(officer, query, named, words):
    answer = officer.get(f"{STATUSES}?{query}")

    assert answer.status_code == 400
    assert list(answer.json()) == [named]
    assert words in answer.json()[named][0]
    assert officer.head(f"{STATUSES}?{query}").status_code == 400


@pytest.mark.parametrize("day", ["2031-01-01", "2018-04-30", "0001-01-01"])
def test_a_day_on_which_nothing_was_known_is_not_found_in_words(officer, day):
    answer = officer.get(STATUSES, {"known": day})

    assert answer.status_code == 404
    assert "known" in answer.json()["detail"]


def test_everything_that_is_wrong_is_said_at_once(officer):
    assert set(officer.get(f"{STATUSES}?month=x&limit=y&z=1").json()) == {"month", "limit", "z"}


def test_every_address_takes_what_its_description_says_and_nothing_else(officer):
    schema = officer.get("/api/schema/?format=json").json()

    for path, ways in schema["paths"].items():
        said = [one["name"] for one in ways["get"]["parameters"] if one["in"] == "query"]
        refused = officer.get(path.format(contract_code="sandwell") + "?nothing=1")
        assert refused.status_code == 400, path
        words = refused.json()["nothing"][0].rpartition(" takes ")[2].rstrip(".")
        named = re.split(", | and ", words)
        assert sorted(named) == sorted(said), path


def test_the_description_comes_as_yaml_or_json(officer):
    assert officer.get("/api/schema/?format=json").json()["openapi"].startswith("3.")
    assert officer.get("/api/schema/?format=yaml").content.startswith(b"openapi: 3.")
    refused = officer.get("/api/schema/?format=xml")
    assert (refused.status_code, refused.json()) == (400, {"format": ["“xml” is none of json and yaml."]})


@pytest.mark.parametrize(
    "path", ["nothing", "v1/contracts/%00/statuses", "v1/contracts/a%0Ab/indicators", "v2"]
)
def test_an_address_that_there_is_not_is_said_in_json(officer, path):
    answer = officer.get(f"/api/{path}/?x=1")

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")
    assert "/api/schema/" in answer.json()["detail"]
    assert Client().get(f"/api/{path}/").status_code == 401


def test_who_may_not_come_in_is_told_so_before_their_parameters_are_judged(demonstration, persona, signed_in):
    assert Client().get(f"{STATUSES}?nothing=1").status_code == 401
    assert signed_in(persona("client-officer")).options(STATUSES).status_code == 200


@pytest.mark.parametrize("token", ["a\0b", "é", "a b", "x" * 9000])
def test_a_token_that_cannot_be_one_opens_nothing(db, token):
    assert Client(HTTP_AUTHORIZATION=f"Token {token}").get(STATUSES).status_code == 401
