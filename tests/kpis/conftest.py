"""A month to return; and one indicator, one figure and one revision, written as bare rows."""

from datetime import date

import pytest

from kpis.definitions.models import Indicator
from kpis.engine.recompute import recompute
from kpis.figures.models import Figure, FigureRevision
from parties.models import Contract
from tests.kpis.rows import INDICATOR, REVISION


@pytest.fixture
def april(demonstration):
    """April 2020 is open, and nothing is returned for it."""
    Contract.objects.filter(pk=demonstration.pk).update(reporting_until=date(2020, 4, 1))
    recompute(trigger="command", contract_ids=[demonstration.pk])
    return demonstration


@pytest.fixture
def indicator(contract):
    return Indicator.objects.create(contract=contract, **INDICATOR)


@pytest.fixture
def figure(indicator):
    return Figure.objects.create(indicator=indicator, month=date(2019, 3, 1), state="submitted")


@pytest.fixture
def revision(figure):
    return FigureRevision.objects.create(figure=figure, **REVISION)
