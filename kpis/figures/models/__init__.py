"""Figures with their revisions, what was said to checks that warned, and statements that there is none."""

from kpis.figures.models.check_answer import CheckAnswer
from kpis.figures.models.figure import Figure, FigureRevision
from kpis.figures.models.omission import Omission

__all__ = ["CheckAnswer", "Figure", "FigureRevision", "Omission"]
