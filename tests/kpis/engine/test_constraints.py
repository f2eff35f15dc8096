"""What the database itself refuses about statuses, and about what is computed ahead of what was written."""

from datetime import date

import pytest

from kpis.engine.models import IndicatorStatus
from kpis.versions.models import FiguresVersion
from tests.kpis.rows import refused

pytestmark = pytest.mark.django_db

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
