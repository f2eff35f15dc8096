"""The round's table: what each place allows, and where each act leads."""

import pytest

from kpis.rules import round as rules


@pytest.mark.parametrize(
    ("where", "acts"),
    [
        (rules.SUBMITTED, {rules.QUERY, rules.ACCEPT, rules.RETURN}),
        (rules.QUERIED, {rules.QUERY, rules.WITHDRAW, rules.EXPLAIN, rules.DISPUTE, rules.RETURN}),
        (rules.DISPUTED, {rules.QUERY, rules.ACCEPT, rules.RETURN}),
        (rules.ACCEPTED, {rules.REOPEN, rules.RETURN, rules.PRINT}),
        (rules.OUTSIDE, {rules.RETURN, rules.PRINT}),
    ],
)
def test_each_place_allows_its_acts(where, acts):
    assert rules.allowed(where) == acts


def test_only_the_council_accepts_and_only_the_trust_returns_to_submitted():
    leading = {state: {act for (_, act), led in rules.AFTER.items() if led == state} for state in rules.OPEN}
    assert leading == {
        rules.SUBMITTED: {rules.EXPLAIN, rules.RETURN},
        rules.QUERIED: {rules.QUERY, rules.REOPEN},
        rules.DISPUTED: {rules.DISPUTE},
    }
    accepting = {act for (_, act), led in rules.AFTER.items() if led == rules.ACCEPTED}
    assert accepting == {rules.ACCEPT, rules.WITHDRAW}


def test_what_is_not_in_the_table_is_not_allowed():
    assert rules.after(rules.QUERIED, rules.PRINT) is None
    assert rules.after(rules.SUBMITTED, rules.QUERY) == rules.QUERIED
