"""What the database itself refuses about figures and their revisions, whoever asks and however."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from core import clock
from kpis.definitions.models import BandVersion, Indicator
from kpis.figures.models import Figure, FigureRevision
from kpis.review.models import Step
from tests.kpis.rows import HIGHER, INDICATOR, REVISION, refused

pytestmark = pytest.mark.django_db


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


def test_a_revision_knows_when(revision):
    assert revision.entered_at <= clock.now()
