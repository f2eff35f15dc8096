"""What the Trust keeps while it makes a return: drafts, words beside warnings, and whose indicator is whose."""

from kpis.returns.models.checks import CheckAnswer
from kpis.returns.models.draft import Draft
from kpis.returns.models.ownership import Ownership

__all__ = ["CheckAnswer", "Draft", "Ownership"]
