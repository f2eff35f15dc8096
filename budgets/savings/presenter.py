"""Planned savings: what was said of each year, and both readings until a person says which is meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.forms import Form

from budgets.models import ReadingSaid, Saving, SavingSaid, SavingsPlan
from budgets.rules.money import written
from budgets.rules.savings import Delivery, Reading, read_as, saved_in_all
from budgets.savings.picture import NARROW, WIDE, Picture, picture
from core.values.months import ContractYear
from core.values.numbers import count_words
from core.values.words import day_words

# By the kind of a form and the key of what it is about: ("saving", 3).
Forms = Mapping[tuple[str, int], Form]


@dataclass(frozen=True)
class ReadYear:
    contract_year: int
    year: str
    printed: str
    added: str
    by_then: str


@dataclass(frozen=True)
class Read:
    words: str
    years: Sequence[ReadYear]
    in_all: str


@dataclass(frozen=True)
class SaidRow:
    """One thing that was said: of a saving its amounts, of a plan its reading."""

    what: str
    words: str
    who: str
    illustrative: bool = False


@dataclass(frozen=True)
class YearRow:
    """``delivered``, ``at_risk`` and ``to_come`` are empty where nobody said it."""

    saving: Saving
    year: str
    delivered: str
    at_risk: str
    to_come: str
    said: SaidRow | None
    before: Sequence[SaidRow]
    form: Form | None
    open: bool


@dataclass(frozen=True)
class PlannedSavings:
    """``said`` is who said how it is read, the last first; empty while nobody did."""

    plan: SavingsPlan
    is_read: bool
    said: Sequence[SaidRow]
    readings: Sequence[Read]
    years: Sequence[YearRow]
    title: str
    illustrative: bool
    drawings: Sequence[tuple[str, Picture]]
    form: Form | None
    open: bool
    place: str


def planned_savings(plan: SavingsPlan, forms: Forms) -> PlannedSavings:
    """No query where the plan was fetched with all that was said of it. Forms that were sent open their boxes."""
    readings = list(plan.readings.all())
    reading = readings[-1].reading if readings else plan.reading
    said = {
        SavingsPlan.Reading.YEARLY.value: Reading.YEARLY,
        SavingsPlan.Reading.CUMULATIVE.value: Reading.CUMULATIVE,
    }
    years = [_year(saving, forms) for saving in plan.savings.all()]
    deliveries = [(row.year, delivery_of(row.saving)) for row in years]
    form = forms.get(("plan", plan.pk))
    return PlannedSavings(
        plan=plan,
        is_read=bool(reading),
        said=[_reading_row(one) for one in reversed(readings)],
        readings=[_read(plan, one) for one in ([said[reading]] if reading else list(Reading))],
        years=years,
        title=_title(years),
        illustrative=any(row.said is not None and row.said.illustrative for row in years),
        drawings=[(name, picture(deliveries, width)) for name, width in (("wide", WIDE), ("narrow", NARROW))]
        if any(one.planned for _, one in deliveries)
        else [],
        form=form,
        open=form is not None and form.is_bound,
        place=f"{plan.document}, {plan.place}",
    )


def delivery_of(saving: Saving) -> Delivery:
    """As it was said last; None where it wasn't."""
    said = list(saving.said.all())
    if not said:
        return Delivery(saving.planned, None, None)
    return Delivery(saving.planned, said[-1].delivered, said[-1].at_risk)


def _title(years: Sequence[YearRow]) -> str:
    told = sum(bool(row.delivered) for row in years)
    if not told:
        return "Nobody has said yet what was delivered"
    return f"What was delivered is said of {told} of {count_words(len(years), 'year')}"


def _year(saving: Saving, forms: Forms) -> YearRow:
    told = [_said_row(one) for one in reversed(saving.said.all())]
    delivery = delivery_of(saving)
    form = forms.get(("saving", saving.pk))
    return YearRow(
        saving=saving,
        year=f"{ContractYear(saving.year).label}, contract year {saving.contract_year}",
        delivered=_amount(delivery.delivered),
        at_risk=_amount(delivery.at_risk),
        to_come=_amount(delivery.to_come),
        said=told[0] if told else None,
        before=told[1:],
        form=form,
        open=form is not None and form.is_bound,
    )


def _said_row(one: SavingSaid) -> SaidRow:
    parts = [(one.delivered, "delivered"), (one.at_risk, "at risk")]
    what = ", ".join(f"{written(pence)} {words}" for pence, words in parts if pence is not None)
    made_up = one.provenance == SavingSaid.Provenance.ILLUSTRATIVE
    return SaidRow(what, one.words, f"{one.said_as}, {day_words(one.day)}", made_up)


def _reading_row(one: ReadingSaid) -> SaidRow:
    return SaidRow(one.get_reading_display(), one.words, f"{one.said_as}, {day_words(one.day)}")


def _read(plan: SavingsPlan, reading: Reading) -> Read:
    savings = list(plan.savings.all())
    years = read_as(reading, [(ContractYear(one.year).label, one.planned) for one in savings])
    return Read(
        words=reading.value,
        years=[
            ReadYear(one.contract_year, year.year, one.printed, _amount(year.added), _amount(year.by_then))
            for one, year in zip(savings, years, strict=True)
        ],
        in_all=_amount(saved_in_all(years)),
    )


def _amount(pence: int | None) -> str:
    return "" if pence is None else written(pence)
