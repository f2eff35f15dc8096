"""The limits that a contract goes by."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.contrib.auth.models import AnonymousUser
from django.db import models

from budgets.models import VarianceLimits
from budgets.rules.variance import LIMITS, Limits, rule_words
from core import clock
from core.values.words import day_words
from parties.models import Contract, Organisation, User

PRINTED = "Red is printed: the Annual Review calls overspends from there major. Amber is chosen."


@dataclass(frozen=True)
class LimitsWithSource:
    """The limits, and a sentence on where they come from."""

    limits: Limits
    source: str

    @property
    def rule(self) -> str:
        """What a page says beside its statuses."""
        return f"{rule_words(self.limits)} {self.source}"

    @property
    def amounts(self) -> list[int]:
        """In pence: no rounded amount reads as one of them from which it differs."""
        return [self.limits.red, self.limits.amber]


def limits_of(contract: Contract) -> LimitsWithSource:
    """The latest that were set, else those that are printed and chosen. No query where they came with the contract."""
    chosen = getattr(contract, "limits_in_force", None)
    if chosen is None:
        return LimitsWithSource(LIMITS, PRINTED)
    latest = chosen.limits
    source = f"Set by {latest.set_as} on {day_words(clock.day_of(latest.set_at))}: {latest.reason}"
    return LimitsWithSource(as_limits(latest), source if source.endswith(".") else f"{source}.")


def limits_in_scope(user: User | AnonymousUser) -> models.QuerySet[VarianceLimits]:
    """Those of the contracts that an administrator sees."""
    return VarianceLimits.objects.filter(contract__in=Contract.objects.visible_to(user))


def contracts_to_set(user: User | AnonymousUser) -> models.QuerySet[Contract]:
    """Those whose council the person administers: see set_limits."""
    return Contract.objects.filter(commissioner__in=Organisation.objects.administered_by(user))


def as_limits(row: VarianceLimits) -> Limits:
    return Limits(row.red, Fraction(row.amber_percent, 100), row.amber)
