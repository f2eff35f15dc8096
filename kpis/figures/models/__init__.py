"""Figures with their revisions, and statements that there is none."""

from kpis.figures.models.figure import Figure, FigureRevision
from kpis.figures.models.omission import Omission

__all__ = ["Figure", "FigureRevision", "Omission"]
