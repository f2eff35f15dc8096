"""Why what was typed of a line's plan isn't kept: small errors whose message the page shows as it is."""

from budgets.books.refusals import MoneyRefused


class Meanwhile(MoneyRefused):
    """Somebody else was quicker; nothing was changed, and the page shows theirs."""


class BasisStands(MoneyRefused):
    """The basis came with the book's documents, and isn't changed here."""
