"""What the database itself refuses about indicators, bands, figures and statuses, whoever asks and however."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError

from core import clock
from kpis.definitions.models import BandVersion, Indicator, PublishedStatistic, SourceNote
from kpis.engine.models import IndicatorStatus
from kpis.figures.models import Figure, FigureRevision
from kpis.review.models import Step
from kpis.versions.models import FiguresVersion

pytestmark = pytest.mark.django_db

INDICATOR = {
    "code": "PI90", "kind": "contract", "position": 90, "title": "A title", "short_name": "Short", "theme": "quality",
    "why_it_matters": "It does.", "numerator_words": "These", "denominator_words": "of those", "unit": "percent",
    "unit_words": "children", "polarity": "higher", "decimals": 1, "owner_role": "Head of Service",
    "source_document": "Annual Review", "source_place": "Section (c)", "author": "A", "checker": "C",
    "next_review": date(2027, 3, 31),
}  # fmt: skip
HIGHER = {
    "valid_from": date(2018, 4, 1), "target_operator": ">", "target_value": 75, "tolerance_operator": ">",
    "tolerance_value": 65, "failure_operator": "<", "failure_value": 65, "target_text": "> 75%",
    "tolerance_text": "> 65%", "failure_text": "< 65%", "change_reference": "First",
}  # fmt: skip
LOWER = HIGHER | {
    "target_operator": "<", "target_value": 65, "tolerance_operator": "<", "tolerance_value": 80,
    "failure_operator": ">", "failure_value": 80,
}  # fmt: skip


@pytest.fixture
def indicator(contract):
    return Indicator.objects.create(contract=contract, **INDICATOR)


@pytest.fixture
def figure(indicator):
    return Figure.objects.create(indicator=indicator, month=date(2019, 3, 1), state="submitted")


@pytest.fixture
def revision(figure):
    return FigureRevision.objects.create(figure=figure, **REVISION)


REVISION = {
    "number": 1,
    "numerator": 13,
    "denominator": 20,
    "provenance": "returned",
    "entered_as": "the tests",
}


def refused(write, *words):
    """The database refuses, in these words where it has words of ours, and nothing of it stays."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        write()
    assert all(word in str(refusal.value) for word in words), refusal.value


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


def replaced(model, **changed):
    """Writes the only row of a model again, with other values in some columns, as each database puts it."""
    columns = [field.column for field in model._meta.concrete_fields]
    values = [changed.get(column, f'"{column}"') for column in columns]
    table, names = model._meta.db_table, ", ".join(f'"{column}"' for column in columns)
    into = f"INTO {table} ({names}) SELECT {', '.join(values)} FROM {table}"
    moved = ", ".join(f'"{column}" = EXCLUDED."{column}"' for column in changed)
    statement = {
        "sqlite": f"INSERT OR REPLACE {into}",
        "postgresql": f"INSERT {into} ON CONFLICT (id) DO UPDATE SET {moved}",
    }[connection.vendor]

    def write():
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return write


def test_what_stands_is_not_put_in_anothers_place(indicator, figure):
    BandVersion.objects.create(indicator=indicator, **HIGHER)

    refused(replaced(Figure, month="'2017-01-01'"))
    refused(replaced(Indicator, polarity="'lower'"))
    refused(replaced(BandVersion, target_value="99"))

    assert Figure.objects.get().month == date(2019, 3, 1)
    assert Indicator.objects.get().polarity == "higher"
    assert BandVersion.objects.get().target_value == 75


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


def test_a_figure_keeps_its_indicator_and_its_month(figure):
    other = Indicator.objects.create(
        contract=figure.indicator.contract, **INDICATOR | {"code": "PI91", "position": 91}
    )
    words = "A figure keeps its indicator and its month"

    refused(lambda: Figure.objects.update(month=date(2019, 4, 1)), words)
    refused(lambda: Figure.objects.update(indicator=other), words)


def test_the_latest_revision_of_a_figure_is_its_own(revision):
    other = Figure.objects.create(
        indicator=revision.figure.indicator, month=date(2019, 4, 1), state="submitted"
    )
    words = "revision of a figure is one of its own"

    refused(lambda: Figure.objects.filter(pk=other.pk).update(latest=revision), words)
    refused(
        lambda: Figure.objects.create(
            indicator=other.indicator, month=date(2019, 5, 1), state="submitted", latest=revision
        ),
        words,
    )
    refused(lambda: Figure.objects.filter(pk=other.pk).update(accepted=revision), words)
    assert Figure.objects.filter(pk=revision.figure_id).update(latest=revision, accepted=revision) == 1


def test_an_accepted_figure_is_accepted_as_it_reads_now(revision):
    printed = REVISION | {"provenance": "published"}
    first = FigureRevision.objects.create(figure=revision.figure, **printed | {"number": 2})
    Figure.objects.update(latest=first, accepted=first, state="accepted")
    newer = FigureRevision.objects.create(figure=revision.figure, **printed | {"number": 3})

    refused(lambda: Figure.objects.update(latest=newer), "figure_accepted_is_its_latest_revision")
    refused(lambda: Figure.objects.update(accepted=None), "figure_accepted_is_its_latest_revision")
    refused(lambda: Figure.objects.update(latest=None), "figure_accepted_is_its_latest_revision")
    assert Figure.objects.update(latest=newer, accepted=newer) == 1
    assert Figure.objects.update(latest=first, state="submitted") == 1
    refused(lambda: Figure.objects.update(state="accepted"))


ACCEPTED = {"state": "accepted"}


def test_a_figure_of_the_round_is_accepted_by_a_step_of_somebody_else(
    revision, client_officer, trust_manager
):
    words = "accepted by a step of somebody who did not enter it"
    figure = Figure.objects.filter(pk=revision.figure_id)
    refused(lambda: figure.update(latest=revision, accepted=revision, **ACCEPTED), words)
    figure.update(latest=revision)
    step = {"figure": revision.figure, "party": "commissioner", "taken_by": client_officer, "taken_as": "One"}

    Step.objects.create(revision=revision, kind="queried", words="Why?", answer_by=date(2019, 5, 1), **step)
    refused(lambda: figure.update(accepted=revision, **ACCEPTED), words)
    Step.objects.create(revision=revision, kind="accepted", **step)
    newer = FigureRevision.objects.create(
        figure=revision.figure, **REVISION | {"number": 2}, entered_by=trust_manager
    )
    refused(lambda: figure.update(latest=newer, accepted=newer, **ACCEPTED), words)
    assert figure.update(accepted=revision, **ACCEPTED) == 1
    refused(lambda: figure.update(latest=newer, accepted=newer), words)


def test_who_enters_a_figure_after_accepting_it_accepts_it_no_more(revision, client_officer):
    step = {"figure": revision.figure, "party": "commissioner", "taken_by": client_officer, "taken_as": "One"}
    Step.objects.create(revision=revision, kind="accepted", **step)
    FigureRevision.objects.create(
        figure=revision.figure, **REVISION | {"number": 2}, entered_by=client_officer
    )

    refused(lambda: Figure.objects.update(latest=revision, accepted=revision, **ACCEPTED), "did not enter it")


def test_a_figure_is_not_put_in_its_own_place_as_accepted(figure):
    printed = FigureRevision.objects.create(figure=figure, **REVISION | {"provenance": "illustrative"})
    Figure.objects.update(latest=printed)
    columns = "(id, month, indicator_id, state, latest_id, accepted_id)"
    itself = "SELECT id, month, indicator_id, 'accepted', latest_id, latest_id FROM kpis_figure"
    statement = {
        "postgresql": f"INSERT INTO kpis_figure {columns} {itself}"
        " ON CONFLICT (id) DO UPDATE SET state = 'accepted', accepted_id = EXCLUDED.accepted_id",
        "sqlite": f"INSERT OR REPLACE INTO kpis_figure {columns} {itself}",
    }[connection.vendor]

    def replace():
        with connection.cursor() as cursor:
            cursor.execute(statement)

    refused(replace)
    assert Figure.objects.get().state == "submitted"


@pytest.mark.parametrize("provenance", ["published", "illustrative"])
def test_what_was_open_is_not_closed_by_what_was_printed(revision, provenance):
    Figure.objects.update(latest=revision, state="queried")
    printed = FigureRevision.objects.create(
        figure=revision.figure, **REVISION | {"number": 2, "provenance": provenance}
    )

    refused(lambda: Figure.objects.update(latest=printed, accepted=printed, **ACCEPTED), "accepted by a step")


@pytest.mark.parametrize(
    ("unit", "numbers", "words"),
    [
        ("count", (None, None, "2.5"), "A count is a whole number"),
        ("count", (None, None, "0.0001"), "A count is a whole number"),
        ("count", ("3", "4", None), "A count is a whole number"),
        ("count", ("3", None, "4"), "A count is a whole number"),
        ("percent", (None, None, "100.0001"), "A percentage is at most 100"),
        ("percent", ("5", "4", None), "A percentage is at most 100"),
        ("percent", ("0.0002", "0.0001", None), "A percentage is at most 100"),
        ("percent", ("3", None, "75"), "Only a rate"),
        ("mean", ("3", None, "75"), "Only a rate"),
        ("percent", ("5", "0", None), "A denominator of 0"),
        ("rate_per_10000", ("0.0001", "0", None), "A denominator of 0"),
    ],
)
def test_numbers_that_do_not_fit_their_unit(figure, unit, numbers, words):
    Indicator.objects.update(unit=unit, denominator_words="" if unit == "count" else "of those")
    given = dict(zip(("numerator", "denominator", "value"), map(_exact, numbers), strict=True))

    refused(lambda: FigureRevision.objects.create(figure=figure, **REVISION | given), words)


@pytest.mark.parametrize(
    ("unit", "numbers"),
    [
        ("count", (None, None, "0")),
        ("count", (None, None, "9999999")),
        ("percent", (None, None, "100")),
        ("percent", ("0.0001", "0.0001", None)),
        ("percent", ("0", "0", None)),
        ("rate_per_10000", ("798", None, "99.93")),
        ("rate_per_10000", ("0", "0", None)),
    ],
)
def test_numbers_at_the_edge_of_their_unit(figure, unit, numbers):
    Indicator.objects.update(unit=unit, denominator_words="" if unit == "count" else "of those")
    given = dict(zip(("numerator", "denominator", "value"), map(_exact, numbers), strict=True))

    assert FigureRevision.objects.create(figure=figure, **REVISION | given).pk


def _exact(text):
    return None if text is None else Decimal(text)


STEP = {"kind": "accepted", "party": "commissioner", "taken_as": "An officer"}
QUERY = STEP | {"kind": "queried", "words": "Why?", "answer_by": date(2019, 4, 26)}
ANSWER = STEP | {"kind": "explained", "party": "provider", "words": "Because."}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (STEP | {"party": "provider"}, "step_is_of_the_party_whose_it_is"),
        (QUERY | {"party": "provider"}, "step_is_of_the_party_whose_it_is"),
        (ANSWER | {"party": "commissioner"}, "step_is_of_the_party_whose_it_is"),
        (STEP | {"kind": "issued"}, "step_is_of_the_party_whose_it_is"),
        (QUERY | {"words": ""}, "step_gives_its_reason"),
        (ANSWER | {"words": ""}, "step_gives_its_reason"),
        (QUERY | {"answer_by": None}, "step_query_says_by_when"),
        (STEP | {"answer_by": date(2019, 4, 26)}, "step_query_says_by_when"),
    ],
)
def test_step(revision, client_officer, fields, words):
    whole = {"figure": revision.figure, "revision": revision, "taken_by": client_officer}

    refused(lambda: Step.objects.create(**whole, **fields), words)
    for kept in (STEP, QUERY, ANSWER):
        Step.objects.create(**whole, **kept)
    refused(lambda: Step.objects.update(words="Other words"), "kept as they were written")
    refused(lambda: Step.objects.all().delete(), "kept as they were written")


def test_a_step_speaks_of_its_own_figure(revision, client_officer):
    other = Figure.objects.create(
        indicator=revision.figure.indicator, month=date(2019, 4, 1), state="submitted"
    )

    refused(
        lambda: Step.objects.create(figure=other, revision=revision, taken_by=client_officer, **STEP),
        "speaks of a revision of its figure",
    )


def test_nobody_accepts_a_figure_of_which_they_entered_any_revision(figure, client_officer, administrator):
    FigureRevision.objects.create(figure=figure, **REVISION, entered_by=client_officer)
    latest = FigureRevision.objects.create(
        figure=figure, **REVISION | {"number": 2}, entered_by=administrator
    )
    whole = {"figure": figure, "revision": latest, **STEP}

    for person in (client_officer, administrator):
        refused(lambda who=person: Step.objects.create(**whole, taken_by=who), "can't accept it")
    Step.objects.create(**whole | QUERY, taken_by=client_officer)


@pytest.mark.parametrize(
    ("unit", "numerator", "denominator"),
    [
        ("rate_per_10000", "1000", "1"),
        ("rate_per_10000", "0.1", "0.0001"),
        ("rate_per_10000", "800", "0.0001"),
        ("mean", "9999999", "0.5"),
    ],
)
def test_a_value_that_can_not_be_kept(figure, unit, numerator, denominator):
    Indicator.objects.update(unit=unit)
    numbers = {"numerator": Decimal(numerator), "denominator": Decimal(denominator)}

    refused(lambda: FigureRevision.objects.create(figure=figure, **REVISION | numbers), "which can't be kept")


@pytest.mark.parametrize(
    ("unit", "numerator", "denominator"),
    [
        ("rate_per_10000", "999.9999", "1"),
        ("rate_per_10000", "0.0999", "0.0001"),
        ("rate_per_10000", "9999999.9999", "10000"),
        ("mean", "9999999.9999", "1"),
        ("mean", "0", "0"),
    ],
)
def test_the_largest_values_are_welcome(figure, unit, numerator, denominator):
    Indicator.objects.update(unit=unit)
    numbers = {"numerator": Decimal(numerator), "denominator": Decimal(denominator)}

    assert FigureRevision.objects.create(figure=figure, **REVISION | numbers).pk


def test_adjacent_bands_and_those_of_another_indicator_are_welcome(indicator, contract):
    other = Indicator.objects.create(contract=contract, **INDICATOR | {"code": "PI91", "position": 91})
    BandVersion.objects.create(indicator=indicator, **HIGHER | {"valid_to": date(2019, 3, 1)})
    BandVersion.objects.create(indicator=indicator, **HIGHER | {"valid_from": date(2019, 4, 1)})
    BandVersion.objects.create(indicator=other, **HIGHER)

    assert BandVersion.objects.count() == 3


@pytest.mark.parametrize(
    "fields", [{"month": date(2019, 3, 2)}, {"state": "lost"}, {"month": date(2019, 2, 1)}], ids=str
)
def test_figure(figure, fields):
    earlier = Figure.objects.create(indicator=figure.indicator, month=date(2019, 2, 1), state="submitted")
    wanted = {"indicator": figure.indicator, "month": date(2019, 1, 1), "state": "accepted"}

    refused(lambda: Figure.objects.create(**wanted | fields))
    refused(lambda: Figure.objects.filter(pk=figure.pk).update(**fields))
    assert earlier.revisions.count() == 0


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"numerator": None}, "revision_has_one_of_the_three_shapes"),
        ({"denominator": None}, "revision_has_one_of_the_three_shapes"),
        ({"value": 65}, "revision_has_one_of_the_three_shapes"),
        ({"numerator": None, "denominator": None}, "revision_has_one_of_the_three_shapes"),
        ({"numerator": None, "value": 65}, "revision_has_one_of_the_three_shapes"),
        ({"numerator": -1}, "revision_numbers_not_negative"),
        ({"denominator": -20}, "revision_numbers_not_negative"),
        ({"numerator": None, "denominator": None, "value": -1}, "revision_numbers_not_negative"),
        ({"numerator": 10_000_000, "denominator": 9_000_000}, "revision_numbers_below_ten_million"),
        ({"denominator": 10_000_000}, "revision_numbers_below_ten_million"),
        ({"numerator": None, "denominator": None, "value": 10_000_000}, "revision_numbers_below_ten_million"),
        ({"provenance": "guessed"}, "revision_provenance_is_known"),
        ({"number": 0}, "revision_numbers_from_one"),
    ],
    ids=str,
)
def test_revision(figure, fields, constraint):
    Indicator.objects.update(unit="mean")

    refused(lambda: FigureRevision.objects.create(figure=figure, **REVISION | fields), constraint)


@pytest.mark.parametrize(
    "shape",
    [{}, {"numerator": None, "denominator": None, "value": 65}, {"denominator": None, "value": 65}],
    ids=str,
)
def test_the_three_shapes_of_a_revision_are_welcome(figure, shape):
    Indicator.objects.update(unit="rate_per_10000")

    assert FigureRevision.objects.create(figure=figure, **REVISION | shape).pk


def test_a_revision_is_kept_as_it_was_written(revision):
    again = FigureRevision.objects.filter(pk=revision.pk)
    words = "kept as they were written: they can't be changed or deleted"

    refused(lambda: again.update(numerator=14), words)
    refused(lambda: again.update(reason="Another"), words)
    refused(lambda: again._raw_delete(again.db), words)
    refused(lambda: FigureRevision.objects.create(figure=revision.figure, **REVISION))
    again.get().refresh_from_db()
    assert again.get().numerator == 13


def test_a_revision_is_not_replaced_or_truncated_either(revision):
    statement = {
        "postgresql": "TRUNCATE kpis_figurerevision CASCADE",
        "sqlite": "INSERT OR REPLACE INTO kpis_figurerevision SELECT * FROM kpis_figurerevision",
    }[connection.vendor]

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert FigureRevision.objects.get().numerator == 13


def test_what_is_in_use_is_not_deleted(revision):
    figure = revision.figure

    for row in (figure, figure.indicator, figure.indicator.contract):
        with pytest.raises(ProtectedError):
            row.delete()


STATUS = {
    "month": date(2019, 3, 1),
    "status": "not_reported",
    "succession_certain": False,
    "due_on": date(2019, 4, 12),
}


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"month": date(2019, 3, 2)}, "status_month_is_a_first"),
        ({"status": "on_target"}, "status_without_a_figure_is_not_reported"),
        ({"value": 0}, "status_without_a_figure_is_not_reported"),
    ],
    ids=str,
)
def test_status(indicator, fields, constraint):
    wanted = STATUS | fields

    refused(
        lambda: IndicatorStatus.objects.create(contract=indicator.contract, indicator=indicator, **wanted),
        constraint,
    )


def test_a_status_with_a_figure_is_reported_and_stands_once(indicator, revision):
    own = {"contract": indicator.contract, "indicator": indicator}

    refused(
        lambda: IndicatorStatus.objects.create(**own, **STATUS, revision=revision),
        "status_without_a_figure_is_not_reported",
    )
    IndicatorStatus.objects.create(**own, **STATUS)
    refused(lambda: IndicatorStatus.objects.create(**own, **STATUS))


def test_nothing_is_computed_ahead_of_what_was_written(contract):
    version = FiguresVersion.objects.create(contract=contract, current=3, computed=3)

    refused(
        lambda: FiguresVersion.objects.filter(pk=version.pk).update(computed=4),
        "computed_never_ahead_of_current",
    )
    refused(lambda: FiguresVersion.objects.create(contract=contract))


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


def test_a_revision_knows_when(revision):
    assert revision.entered_at <= clock.now()
