"""What the Trust keeps while it makes a return: drafts, and whose indicator is whose."""

from kpis.returns.models.draft import Draft
from kpis.returns.models.ownership import Ownership

__all__ = ["Draft", "Ownership"]
