"""The canonical text and the hash of an entry, by hand."""

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from audit.chain import GENESIS, canonical, digest, plain

FIELDS = {
    "sequence": 1,
    "at": datetime(2019, 4, 8, 9, 30, tzinfo=timezone(timedelta(hours=1))),
    "actor_id": None,
    "actor": "load_contract command",
    "action": "contract.loaded",
    "subject_type": "parties.contract",
    "subject_id": "1",
    "contract_code": "sandwell",
    "summary": "Loaded – all of it.",
    "changes": {"b": [None, True], "a": 1},
    "previous_hash": GENESIS,
}


def test_digest_is_the_sha256_of_sorted_compact_text_in_utc():
    text = (
        '{"action":"contract.loaded","actor":"load_contract command","actor_id":null,'
        '"at":"2019-04-08T08:30:00.000000+00:00","changes":{"a":1,"b":[null,true]},'
        '"contract_code":"sandwell","previous_hash":"' + "0" * 64 + '","sequence":1,'
        '"subject_id":"1","subject_type":"parties.contract","summary":"Loaded – all of it."}'
    )

    assert digest(FIELDS) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_digest_depends_on_every_field(field):
    other = datetime(2020, 1, 1, tzinfo=UTC) if field == "at" else {"x": 1} if field == "changes" else "other"

    assert digest({**FIELDS, field: other}) != digest(FIELDS)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "null"),
        (True, "true"),
        (12, "12"),
        ("é", '"é"'),
        (Decimal("1E+3"), '"1000"'),
        (Decimal("74.960"), '"74.960"'),
        (date(2019, 3, 1), '"2019-03-01"'),
        (datetime(2019, 3, 1, 12, tzinfo=UTC), '"2019-03-01T12:00:00.000000+00:00"'),
        ((1, [2]), "[1,[2]]"),
        ({"b": 1, "a": Decimal("0.1")}, '{"a":"0.1","b":1}'),
    ],
)
def test_plain_values_have_one_text(value, expected):
    assert canonical(plain(value)) == expected


@pytest.mark.parametrize("value", [0.1, {"a": 1.0}, [float("nan")], {1: "a"}, object(), {"a": {2, 3}}])
def test_what_has_no_exact_text_is_refused(value):
    with pytest.raises(TypeError):
        plain(value)


@pytest.mark.parametrize("value", ["a\x00b", {"a\x00": 1}, "\ud800"])
def test_text_that_a_database_cannot_store_is_refused(value):
    with pytest.raises(ValueError, match=r"."):
        plain(value)
