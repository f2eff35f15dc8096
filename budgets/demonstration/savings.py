"""Says something of the savings of two years, marked as illustrative; of the others nobody says anything yet.

How the amounts are read is left open, as the document leaves it.
"""

from __future__ import annotations

from datetime import date

from budgets.models import Book, SavingSaid
from budgets.rules.money import PENCE
from core.values.months import ContractYear

AS = "Example year"
# By contract year: delivered and at risk, in pounds, and the words to them.
SAID = {
    2: (486_000, 126_051, "Example: agency staff were replaced later than planned; the rest is looked for"),
    3: (0, 850_000, "Example: homes closer by are opened later than planned"),
}


def say_of_savings(book: Book, today: date) -> int:
    """What is said by that day of years that have begun; of how many it was."""
    begun = [
        saving
        for saving in book.savings_plan.savings.filter(contract_year__in=SAID)
        if ContractYear(saving.year).first.first_day <= today
    ]
    for saving in begun:
        delivered, at_risk, words = SAID[saving.contract_year]
        SavingSaid.objects.create(
            saving=saving,
            number=1,
            delivered=delivered * PENCE,
            at_risk=at_risk * PENCE,
            words=words,
            day=today,
            provenance=SavingSaid.Provenance.ILLUSTRATIVE,
            party=book.kept_by,
            said_as=AS,
        )
    return len(begun)
