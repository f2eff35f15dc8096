"""What the database itself refuses about indicators, bands and printed statistics, whoever asks and however."""

from datetime import date
from decimal import Decimal

import pytest

from kpis.definitions.models import BandVersion, Indicator, PublishedStatistic, SourceNote
from tests.kpis.rows import HIGHER, INDICATOR, refused

pytestmark = pytest.mark.django_db

LOWER = HIGHER | {
    "target_operator": "<", "target_value": 65, "tolerance_operator": "<", "tolerance_value": 80,
    "failure_operator": ">", "failure_value": 80,
}  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"unit": "count"}, "indicator_count_has_no_denominator"),
        ({"denominator_words": ""}, "indicator_count_has_no_denominator"),
        ({"decimals": 5}, "indicator_at_most_four_decimals"),
        ({"kind": "other"}, "indicator_kind_is_known"),
        ({"unit": "furlong"}, "indicator_unit_is_known"),
        ({"polarity": "none"}, "indicator_polarity_is_known"),
        ({"no_change_below": Decimal("-0.1")}, "indicator_amounts_not_negative"),
        ({"local_aim": -1}, "indicator_amounts_not_negative"),
    ],
    ids=str,
)
def test_indicator(contract, fields, constraint):
    refused(lambda: Indicator.objects.create(contract=contract, **INDICATOR | fields), constraint)


@pytest.mark.parametrize("again", [{"code": "PI91"}, {"position": 91}], ids=str)
def test_an_indicator_stands_once_in_a_contract(indicator, other_contract, again):
    refused(lambda: Indicator.objects.create(contract=indicator.contract, **INDICATOR | again))

    assert Indicator.objects.create(contract=other_contract, **INDICATOR).pk


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"valid_from": date(2018, 4, 2)}, "band_starts_on_the_first"),
        ({"valid_to": date(2019, 3, 31)}, "band_ends_with_a_month"),
        ({"valid_to": date(2018, 3, 1)}, "band_does_not_end_before_it_starts"),
        ({"target_value": 64}, "band_target_is_not_worse_than_failure"),
        ({"tolerance_value": 76}, "band_target_is_not_worse_than_failure"),
        ({"tolerance_value": 64}, "band_target_is_not_worse_than_failure"),
        ({"failure_value": 76}, "band_target_is_not_worse_than_failure"),
        ({"failure_operator": ">"}, "band_target_is_not_worse_than_failure"),
        ({"tolerance_operator": "<"}, "band_target_is_not_worse_than_failure"),
        ({"target_operator": "=="}, "The band runs against the indicator"),
        ({"failure_value": -1}, "band_limits_not_negative"),
        (
            {"target_operator": ">=", "failure_operator": "<=", "tolerance_value": 75, "failure_value": 75},
            "band_target_and_failure_do_not_meet",
        ),
        (LOWER, "The band runs against the indicator"),
    ],
)
def test_band(indicator, fields, words):
    refused(lambda: BandVersion.objects.create(indicator=indicator, **HIGHER | fields), words)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"target_value": 81}, "band_target_is_not_worse_than_failure"),
        ({"tolerance_value": 64}, "band_target_is_not_worse_than_failure"),
        ({"failure_operator": "<"}, "band_target_is_not_worse_than_failure"),
        (
            {"target_operator": "<=", "failure_operator": ">=", "tolerance_value": 65, "failure_value": 65},
            "band_target_and_failure_do_not_meet",
        ),
        (HIGHER, "The band runs against the indicator"),
    ],
)
def test_band_where_lower_is_better(contract, fields, words):
    indicator = Indicator.objects.create(contract=contract, **INDICATOR | {"polarity": "lower"})

    refused(lambda: BandVersion.objects.create(indicator=indicator, **LOWER | fields), words)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2018, 6, 1), date(2018, 8, 1)),
        (date(2018, 3, 1), date(2018, 4, 1)),
        (date(2019, 3, 1), None),
        (date(2018, 4, 1), date(2018, 4, 1)),
        (date(2017, 1, 1), None),
    ],
)
def test_bands_never_overlap(indicator, first, last):
    closed = BandVersion.objects.create(indicator=indicator, **HIGHER | {"valid_to": date(2019, 3, 1)})
    later = BandVersion.objects.create(
        indicator=indicator, **HIGHER | {"valid_from": date(2019, 4, 1), "valid_to": date(2019, 12, 1)}
    )

    refused(
        lambda: BandVersion.objects.create(
            indicator=indicator, **HIGHER | {"valid_from": first, "valid_to": last}
        )
    )
    refused(lambda: BandVersion.objects.filter(pk=closed.pk).update(valid_to=None))
    refused(lambda: BandVersion.objects.filter(pk=later.pk).update(valid_from=date(2019, 3, 1)))
    refused(
        lambda: BandVersion.objects.filter(pk=closed.pk).update(target_operator="<", tolerance_operator="<")
    )


def test_a_band_is_not_kept_open_into_its_successor(indicator):
    last = BandVersion.objects.create(indicator=indicator, **HIGHER | {"valid_from": date(2019, 4, 1)})
    first = HIGHER | {"valid_to": date(2019, 4, 1)}

    refused(lambda: BandVersion.objects.create(indicator=indicator, **first), "can't hold at the same time")
    assert BandVersion.objects.get() == last


@pytest.mark.parametrize(
    "fields",
    [
        {"target_operator": ">="},
        {"target_value": Decimal("75.0001")},
        {"tolerance_operator": ">="},
        {"tolerance_value": 66},
        {"failure_operator": "<="},
        {"failure_value": 64},
        {"valid_from": date(2018, 5, 1)},
        {"valid_to": None},
        {"valid_to": date(2019, 2, 1)},
        {"change_reference": "Second"},
    ],
    ids=str,
)
def test_a_band_stays_as_it_is_once_it_stands(indicator, fields):
    BandVersion.objects.create(indicator=indicator, **HIGHER | {"valid_to": date(2019, 3, 1)})

    refused(lambda: BandVersion.objects.update(**fields), "A band stays as it is once it stands")


@pytest.mark.parametrize("operators", [(">=", "<"), (">", "<=")], ids=str)
def test_a_target_where_failure_begins_is_welcome_if_one_of_them_stops_before_it(indicator, operators):
    target, failure = operators
    meeting = {
        "target_operator": target,
        "failure_operator": failure,
        "tolerance_value": 75,
        "failure_value": 75,
    }

    assert BandVersion.objects.create(indicator=indicator, **HIGHER | meeting).pk


def test_a_band_is_closed_and_its_print_corrected(indicator):
    BandVersion.objects.create(indicator=indicator, **HIGHER)

    BandVersion.objects.update(target_text="more than 75%", note="Corrected.")
    BandVersion.objects.update(valid_to=date(2019, 3, 1))
    BandVersion.objects.update(note="")

    assert BandVersion.objects.get().valid_to == date(2019, 3, 1)


def test_a_band_is_never_deleted(indicator):
    band = BandVersion.objects.create(indicator=indicator, **HIGHER)

    refused(
        lambda: BandVersion.objects.filter(pk=band.pk)._raw_delete("default"), "A band stays once it stands"
    )
    refused(band.delete)


@pytest.mark.parametrize("fields", [{"polarity": "lower"}, {"unit": "mean"}], ids=str)
def test_unit_and_polarity_stay_while_bands_stand_on_them(indicator, fields):
    Indicator.objects.update(**fields)
    Indicator.objects.update(polarity="higher", unit="percent")
    BandVersion.objects.create(indicator=indicator, **HIGHER)

    refused(lambda: Indicator.objects.update(**fields), "stay as they are while bands stand")
    Indicator.objects.update(short_name="Shorter", polarity="higher", unit="percent")


def test_adjacent_bands_and_those_of_another_indicator_are_welcome(indicator, contract):
    other = Indicator.objects.create(contract=contract, **INDICATOR | {"code": "PI91", "position": 91})
    BandVersion.objects.create(indicator=indicator, **HIGHER | {"valid_to": date(2019, 3, 1)})
    BandVersion.objects.create(indicator=indicator, **HIGHER | {"valid_from": date(2019, 4, 1)})
    BandVersion.objects.create(indicator=other, **HIGHER)

    assert BandVersion.objects.count() == 3


PUBLISHED = {
    "reference": "PI90-S01", "statistic": "average", "relation": "measure", "printed_text": "75", "unit": "percent",
    "source_document": "Annual Review", "source_place": "Section (c)",
}  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"period_start": date(2018, 4, 2)}, "published_period_starts_on_the_first"),
        ({"period_end": date(2019, 3, 31)}, "published_period_ends_with_a_month"),
        ({"period_start": date(2019, 3, 1), "period_end": date(2018, 4, 1)}, "published_period_runs_forward"),
    ],
    ids=str,
)
def test_published_statistic(indicator, fields, constraint):
    refused(lambda: PublishedStatistic.objects.create(indicator=indicator, **PUBLISHED | fields), constraint)


def test_a_printed_number_and_a_note_stand_once(indicator):
    note = {
        "indicator": indicator,
        "reference": "PI90-N1",
        "kind": "date",
        "words": "Odd.",
        "source_place": "There",
    }
    PublishedStatistic.objects.create(indicator=indicator, **PUBLISHED)
    SourceNote.objects.create(**note)

    refused(lambda: PublishedStatistic.objects.create(indicator=indicator, **PUBLISHED))
    refused(lambda: SourceNote.objects.create(**note))
