"""What an import kept."""

from kpis.figures.models import Figure, FigureRevision
from tests.spreadsheets import HEADER

HEAD = ",".join(HEADER)


def kept(code: str, month: str = "2019-03-01") -> FigureRevision:
    revision = Figure.objects.get(indicator__code=code, month=month).latest
    assert revision is not None
    return revision
