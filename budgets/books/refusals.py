"""Why a step with a book is refused: a small error whose message a page shows as it is."""

from core.refusals import Refused


class MoneyRefused(Refused):
    """Not allowed now, or not to this person; nothing was changed."""
