"""The tables of the budgets, by the noun that they hold."""

from budgets.models.book import Amount, Book, Line, Version
from budgets.models.monitoring import ClosedPeriod, Entry, LineDraft, LineMonth, MoneyStep
from budgets.models.plans import Basis, Observation, ReadingSaid, Saving, SavingSaid, SavingsPlan, Series
from budgets.models.printed import BridgeStep, PrintedTotal, Stated

__all__ = [
    "Amount",
    "Basis",
    "Book",
    "BridgeStep",
    "ClosedPeriod",
    "Entry",
    "Line",
    "LineDraft",
    "LineMonth",
    "MoneyStep",
    "Observation",
    "PrintedTotal",
    "ReadingSaid",
    "Saving",
    "SavingSaid",
    "SavingsPlan",
    "Series",
    "Stated",
    "Version",
]
