"""One indicator in one month as plain values: what sentences, charts, pages, exports and reports speak about.

A reading comes from a row of the read model. It holds no row, so it can be made from a frozen report as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from core.values.months import Month
from core.values.numbers import display, plain, rounded, scaled_value, with_unit
from kpis.definitions.models import BandVersion, Indicator
from kpis.engine.models import IndicatorStatus
from kpis.figures.models import FigureRevision
from kpis.rules.status import rule_in_words

# Numerator, denominator and value as they were entered.
Numbers = Sequence[Decimal | None]


@dataclass(frozen=True)
class Limits:
    """The band version that judged a month: operators and limits as printed."""

    target_operator: str
    target: Decimal
    failure_operator: str
    failure: Decimal
    target_text: str
    failure_text: str

    @classmethod
    def of(cls, band: BandVersion) -> Limits:
        return cls(
            band.target_operator,
            band.target_value,
            band.failure_operator,
            band.failure_value,
            band.target_text,
            band.failure_text,
        )


@dataclass(frozen=True)
class Replaced:
    """What the accepted figure said that a correction replaced: its unrounded value, None where it had none."""

    value: Fraction | None

    @classmethod
    def by(cls, revision: FigureRevision | None, unit: str) -> Replaced | None:
        """What a revision, fetched with the one that it replaces, puts another value in the place of."""
        was = revision.replaces if revision else None
        if revision is None or was is None:
            return None
        return cls.between(
            unit,
            (revision.numerator, revision.denominator, revision.value),
            (was.numerator, was.denominator, was.value),
        )

    @classmethod
    def between(cls, unit: str, now: Numbers, was: Numbers) -> Replaced | None:
        """None where both give the same value, from whatever numbers."""
        before = exact_value(unit, *was)
        return cls(before) if before != exact_value(unit, *now) else None


@dataclass(frozen=True)
class Reading:
    """``value`` is the unrounded value; None where there is none. Averages and changes are at eight decimals."""

    code: str
    short_name: str
    unit: str
    decimals: int
    polarity: str
    supporting: bool
    local_aim_words: str
    month: Month
    status: str
    value: Fraction | None
    numerator: Decimal | None
    denominator: Decimal | None
    limits: Limits | None
    months_off_target: int | None
    months_in_failure: int | None
    succession_certain: bool
    succession_broken_by: Month | None
    succession_broken_status: str | None
    previous_value: Decimal | None
    change: Decimal | None
    direction: str | None
    average_12: Decimal | None
    pooled_12: Decimal | None
    months_in_average: int | None
    provenance: str
    due_on: date
    commentary: str = ""
    # The key of the revision that this was computed from; None where there was none.
    revision: int | None = None
    replaced: Replaced | None = None
    provisional_until: date | None = None
    # Where the figure stands between Trust and council, and where the month's before came from; empty where not asked.
    state: str = ""
    previous_provenance: str = ""
    # Why the Trust can't report the figure yet, and when it expects to; empty where it said nothing.
    stated: str = ""
    expected_on: date | None = None

    @classmethod
    def of(
        cls,
        row: IndicatorStatus,
        indicator: Indicator,
        band: BandVersion | None,
        revision: FigureRevision | None,
    ) -> Reading:
        """The row's revision is fetched with the one that it replaces; None where nothing was reported."""
        return cls(
            code=indicator.code,
            short_name=indicator.short_name,
            unit=indicator.unit,
            decimals=indicator.decimals,
            polarity=indicator.polarity,
            supporting=indicator.kind == Indicator.Kind.SUPPORTING,
            local_aim_words=indicator.local_aim_words,
            month=Month.of(row.month),
            status=row.status,
            value=exact_value(indicator.unit, row.numerator, row.denominator, row.given_value),
            numerator=row.numerator,
            denominator=row.denominator,
            limits=Limits.of(band) if band else None,
            months_off_target=row.months_off_target,
            months_in_failure=row.months_in_failure,
            succession_certain=row.succession_certain,
            succession_broken_by=Month.of(row.succession_broken_by) if row.succession_broken_by else None,
            succession_broken_status=row.succession_broken_status,
            previous_value=row.previous_value,
            change=row.change,
            direction=row.direction,
            average_12=row.average_12,
            pooled_12=row.pooled_12,
            months_in_average=row.months_in_average,
            provenance=row.provenance,
            due_on=row.due_on,
            revision=row.revision_id,
            commentary=revision.commentary if revision else "",
            replaced=Replaced.by(revision, indicator.unit),
            provisional_until=revision.final_expected_on if revision else None,
        )

    @property
    def value_text(self) -> str:
        """The value as people read it, with as many decimals as keep it on its side of the band's limits."""
        if self.value is None:
            return "–"
        limits = (self.limits.target, self.limits.failure) if self.limits else ()
        return with_unit(display(self.value, self.decimals, limits), self.unit)

    @property
    def replaced_text(self) -> str:
        """The value before the correction, with as many decimals as tell the two apart; empty without a correction."""
        if self.replaced is None:
            return ""
        if self.replaced.value is None:
            return "not applicable"
        limits = (self.limits.target, self.limits.failure) if self.limits else ()
        sides = (*limits, self.value) if self.value is not None else limits
        return with_unit(display(self.replaced.value, self.decimals, sides), self.unit)

    @property
    def plain_value_text(self) -> str:
        """The same without its unit, for a column whose head names the unit."""
        return self.value_text.removesuffix("%")

    def amount(self, number: Decimal | Fraction | None) -> str:
        """Any amount of this indicator, such as an average; a dash where there is none."""
        return "–" if number is None else with_unit(rounded(number, self.decimals), self.unit)

    @property
    def counts_text(self) -> str:
        """The numbers behind the value: "196 of 273"; empty where none are known."""
        if self.numerator is None:
            return ""
        if self.denominator is None:
            return _count(self.numerator)
        return f"{_count(self.numerator)} of {_count(self.denominator)}"

    @property
    def rule(self) -> str:
        """The red-amber-green rule in words, as the contract prints it; empty without a band."""
        if self.limits is None:
            return ""
        limits = self.limits
        return rule_in_words(
            self.unit, limits.target_operator, limits.target, limits.failure_operator, limits.failure
        )

    @property
    def value_provenance(self) -> str:
        """Where the value comes from: one that is worked out from two published counts is derived, they are not."""
        worked_out = self.value is not None and self.denominator is not None
        return "derived" if worked_out and self.provenance == "published" else self.provenance

    @property
    def compared_with_an_illustrative_month(self) -> bool:
        """Whether its change rests on an invented month although it is none itself."""
        return (
            self.change is not None
            and self.previous_provenance == "illustrative"
            and self.provenance != "illustrative"
        )

    @property
    def off_target(self) -> bool:
        return self.status in (IndicatorStatus.Status.WITHIN_TOLERANCE, IndicatorStatus.Status.FAILURE)

    def overdue(self, today: date) -> bool:
        """Whether the figure is missing after the day on which it was due, or the later one that the Trust gave."""
        missing = self.status == IndicatorStatus.Status.NOT_REPORTED
        return missing and today > max(self.due_on, self.expected_on or self.due_on)

    def with_statement(self, reason: str | None, expected_on: date | None) -> Reading:
        """A missing figure with what the Trust stated about it; any other as it is, since a figure settles it."""
        if not reason or self.status != IndicatorStatus.Status.NOT_REPORTED:
            return self
        return replace(self, stated=reason, expected_on=expected_on)


def exact_value(
    unit: str, numerator: Decimal | None, denominator: Decimal | None, given: Decimal | None
) -> Fraction | None:
    """The unrounded value of a figure; None where there is none, which includes a denominator of 0."""
    if denominator is not None and numerator is not None:
        return scaled_value(numerator, denominator, unit) if denominator else None
    return Fraction(given) if given is not None else None


def _count(number: Decimal) -> str:
    """A count of children or posts without idle zeros: "273", "63.31"."""
    places = max(0, -int(number.normalize().as_tuple().exponent))
    return plain(number, places)
