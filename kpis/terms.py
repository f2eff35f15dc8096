"""What a contract's terms say of its months: which ones it reports, and by when each party does its part."""

from __future__ import annotations

from datetime import date

from core.values.months import Month
from kpis.rules.due import Terms, last_month
from parties.models import Contract


def contract_terms(contract: Contract) -> Terms:
    """The months that the contract reports, from its first to its last, and the working days of its round."""
    first = Month.of(contract.starts_on)
    until = Month.of(contract.reporting_until) if contract.reporting_until else None
    return Terms(
        contract.figures_due_working_day,
        contract.answer_due_working_day,
        first,
        last_month(first, contract.years, until),
    )


def reporting_ended(contract: Contract, today: date) -> Month | None:
    """The last month that the contract reports, where even the month after it is over; None while it goes on."""
    last = contract_terms(contract).last
    return last if last < Month.of(today).previous() else None


def months_over(contract: Contract, today: date) -> tuple[Month, Month]:
    """The first month that is reported, and the last one of them that is over; it comes before the first if none is.

    A month opens for its return on the first day of the next one.
    """
    terms = contract_terms(contract)
    return terms.first, min(Month.of(today).previous(), terms.last)
