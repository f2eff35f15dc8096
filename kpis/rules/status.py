"""The red-amber-green rule in words; `kpis.rules.frames.status` judges by it."""

from decimal import Decimal

from core.values.numbers import limit_with_unit
from kpis.rules.polarity import OPERATOR_WORDS


def rule_in_words(
    unit: str, target_operator: str, target: Decimal, failure_operator: str, failure: Decimal
) -> str:
    """The rule as a page says it: "More than 75% is on target; less than 65% is failure; …"."""
    on_target = f"{OPERATOR_WORDS[target_operator].capitalize()} {limit_with_unit(target, unit)} is on target"
    in_failure = f"{OPERATOR_WORDS[failure_operator]} {limit_with_unit(failure, unit)} is failure"
    return f"{on_target}; {in_failure}; anything else is within tolerance."
