from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest

from kpis.rules.polarity import Band, backwards, band_faults, better_operators, overlaps, worse_operators

from .series import INDICATORS

HIGHER = Band(True, ">", Decimal(75), ">", Decimal(65), "<", Decimal(65))
LOWER = Band(False, "<", Decimal(65), "<", Decimal(80), ">", Decimal(80))


@dataclass(frozen=True)
class Version:
    valid_from: date
    valid_to: date | None


@pytest.mark.parametrize(
    ("higher", "target_op", "target", "failure_op", "failure"), [row[2:] for row in INDICATORS]
)
def test_printed_bands_are_sound(higher, target_op, target, failure_op, failure):
    band = Band(higher, target_op, Decimal(target), target_op, Decimal(failure), failure_op, Decimal(failure))

    assert band_faults(band) == []


@pytest.mark.parametrize(
    ("band", "changes", "faults"),
    [
        (
            HIGHER,
            {"target": Decimal(60)},
            ["The target 60 is worse than the failure limit 65, because higher is better."],
        ),
        (
            LOWER,
            {"target": Decimal(90)},
            ["The target 90 is worse than the failure limit 80, because lower is better."],
        ),
        (
            HIGHER,
            {"target_operator": "<", "failure_operator": ">="},
            [
                "The target operator “<” doesn't fit where higher is better: use > or >=.",
                "The failure operator “>=” doesn't fit where higher is better: use < or <=.",
            ],
        ),
        (
            LOWER,
            {"tolerance_operator": "=>"},
            ["The tolerance operator “=>” doesn't fit where lower is better: use < or <=."],
        ),
        (
            HIGHER,
            {"tolerance": Decimal("75.5")},
            ["The tolerance limit 75.5 doesn't lie between the target 75 and the failure limit 65."],
        ),
        (
            LOWER,
            {"tolerance": Decimal("80.1")},
            ["The tolerance limit 80.1 doesn't lie between the target 65 and the failure limit 80."],
        ),
        (HIGHER, {"target": Decimal(65)}, []),
        (HIGHER, {"target": Decimal(65), "target_operator": ">="}, []),
        (
            HIGHER,
            {"target": Decimal(65), "target_operator": ">=", "failure_operator": "<="},
            ["Exactly 65 would be on target and in failure at once."],
        ),
    ],
)
def test_unsound_bands_are_refused_in_words(band, changes, faults):
    assert band_faults(replace(band, **changes)) == faults


def test_operators_that_fit():
    assert better_operators(True) == worse_operators(False) == (">", ">=")
    assert better_operators(False) == worse_operators(True) == ("<", "<=")


def test_versions_that_follow_each_other_do_not_overlap():
    one = Version(date(2018, 4, 1), date(2019, 3, 1))
    other = Version(date(2019, 4, 1), None)

    assert overlaps([one, other]) == overlaps([other, one]) == []


def test_every_overlapping_pair_is_found():
    long = Version(date(2018, 4, 1), None)
    inside = Version(date(2018, 6, 1), date(2018, 6, 1))
    later = Version(date(2020, 4, 1), None)
    earlier = Version(date(2017, 4, 1), date(2018, 4, 1))

    assert overlaps([long, inside, later, earlier]) == [(long, inside), (long, later), (long, earlier)]


def test_a_version_that_ends_before_it_begins_is_backwards_and_overlaps_nothing():
    wrong = Version(date(2018, 6, 1), date(2018, 5, 1))
    right = Version(date(2018, 4, 1), None)

    assert backwards([wrong, right]) == [wrong]
    assert overlaps([wrong, right]) == []
