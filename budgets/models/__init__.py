"""The tables of the budgets, by the noun that they hold."""

from budgets.models.book import Amount, Book, Line, Version
from budgets.models.limits import LimitsInForce, VarianceLimits
from budgets.models.monitoring import ClosedPeriod, Entry, LineDraft, LineMonth, MoneyStep
from budgets.models.moved import MoneyMoved
from budgets.models.plans import Basis, Observation, ReadingSaid, Saving, SavingSaid, SavingsPlan, Series
from budgets.models.printed import BridgeStep, PrintedTotal, Stated
from budgets.models.profiles import Profile
from budgets.models.proposals import Proposal, ProposalAnswer, ProposedAmount

__all__ = [
    "Amount",
    "Basis",
    "Book",
    "BridgeStep",
    "ClosedPeriod",
    "Entry",
    "LimitsInForce",
    "Line",
    "LineDraft",
    "LineMonth",
    "MoneyMoved",
    "MoneyStep",
    "Observation",
    "PrintedTotal",
    "Profile",
    "Proposal",
    "ProposalAnswer",
    "ProposedAmount",
    "ReadingSaid",
    "Saving",
    "SavingSaid",
    "SavingsPlan",
    "Series",
    "Stated",
    "VarianceLimits",
    "Version",
]
