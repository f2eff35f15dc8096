"""A month's return as the Trust works on it: each indicator's form, what it comes to, and what is still missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from kpis import sentences
from kpis.forms.returns import SheetForm
from kpis.models import Figure, FigureRevision, Indicator, Step
from kpis.presenters.figure_rows import moment
from kpis.readings import Limits, Reading, Replaced
from kpis.rules.checks import Finding
from kpis.rules.checks import Typed as Numbers
from kpis.rules.status import rule_in_words
from kpis.selectors.round import last_query
from kpis.services.round.drafting import Standing
from kpis.services.round.examining import Examined
from kpis.services.round.typing import Standing as Kind
from kpis.services.round.typing import Typed
from kpis.typed import Background, judged
from parties.access import Reader
from sandwell.numbers import count_words
from sandwell.periods import Month

DRAFTED, MISSING, OMITTED = "drafted", "missing", "omitted"
STATE_WORDS = {
    MISSING: "Missing",
    DRAFTED: "Draft",
    OMITTED: "Can’t be reported",
    Figure.State.SUBMITTED: "Submitted",
    Figure.State.QUERIED: "Queried",
    Figure.State.DISPUTED: "Disputed",
    Figure.State.ACCEPTED: "Accepted",
}


@dataclass(frozen=True)
class Judged:
    """What a typed figure comes to; ``problems`` are messages, ``warnings`` the checks that warned, with the answers.

    ``kept`` are answers to checks that don't warn now: they stay in the form, since the numbers may change back.
    """

    code: str
    status: str
    sentence: str
    problems: list[str]
    warnings: list[tuple[Finding, str]]
    not_run: list[Finding]
    kept: list[tuple[str, str]]


@dataclass(frozen=True)
class Meanwhile:
    """What another person put in the place of what this form had been begun from."""

    who: str
    when: str
    words: str


@dataclass(frozen=True)
class SheetRow:
    """One indicator's part of the page. ``settled`` ones are folded away: nothing needs to be typed."""

    code: str
    name: str
    url: str
    owner: str
    numerator_words: str
    denominator_words: str
    last_words: str
    rule: str
    state: str
    state_word: str
    state_words: str
    asked: str
    thread_url: str
    corrects: bool
    settled: bool
    settled_status: str
    settled_sentence: str
    form: SheetForm
    judged: Judged
    meanwhile: Meanwhile | None
    revised: str
    provisional: str
    drafted: bool
    behind: bool
    counted: bool


@dataclass(frozen=True)
class SheetGroup:
    heading: str
    anchor: str
    rows: list[SheetRow]


@dataclass(frozen=True)
class ReturnPage:
    month: Month
    title: str
    summary: str
    due: str
    overdue: bool
    groups: list[SheetGroup]
    errors: list[tuple[str, str]]
    conflict: bool
    returns_url: str
    live_url: str
    previous: str
    next: str


class ReturnPresenter:
    """Turns what is known of a contract's month into the page; ``examined`` holds what the typed text comes to."""

    def __init__(
        self,
        reader: Reader,
        month: Month,
        due_on: date,
        known: Mapping[str, Background],
        standing: Mapping[str, Standing],
        mine: set[str],
        today: date,
    ) -> None:
        self.reader, self.contract_code = reader, reader.contract.code
        self.month, self.due_on, self.today = month, due_on, today
        self.known, self.standing, self.mine = known, standing, mine
        self.submitted = _submitted(month, known, standing)

    def page(
        self,
        forms: Mapping[str, SheetForm],
        examined: Mapping[str, Examined],
        errors: Sequence[tuple[str, str]] = (),
        meanwhile: Mapping[str, Standing] | None = None,
        neighbours: tuple[Month | None, Month | None] = (None, None),
    ) -> ReturnPage:
        rows = {
            code: self._row(code, form, examined.get(code), (meanwhile or {}).get(code), dict(errors))
            for code, form in forms.items()
        }
        return ReturnPage(
            month=self.month,
            title=f"Return of {self.month.label}",
            summary=self._summary(),
            due=sentences.day(self.due_on),
            overdue=self.today > self.due_on and bool(self._counted(MISSING, DRAFTED)),
            groups=self._groups(rows),
            errors=list(errors),
            conflict=meanwhile is not None,
            returns_url=reverse("kpis:returns", args=[self.contract_code]),
            live_url=self._address("return-live"),
            previous=self._address("return", month=neighbours[0]) if neighbours[0] else "",
            next=self._address("return", month=neighbours[1]) if neighbours[1] else "",
        )

    def judged(self, code: str, examined: Examined | None, answers: Mapping[str, str]) -> Judged:
        """The block beside the fields: what the figure comes to, by the rules that will judge it."""
        if examined is None:
            return Judged(code, "", "", [], [], [], list(answers.items()))
        reading, warned = examined.reading, {one.code for one in examined.warnings}
        return Judged(
            code=code,
            status=reading.status if reading and reading.limits else "",
            sentence=sentences.reading_sentence(reading, self.today) if reading else "",
            problems=[one.message for one in examined.problems],
            warnings=[(one, answers.get(one.code, "")) for one in examined.warnings],
            kept=[(check, words) for check, words in answers.items() if check not in warned],
            not_run=[one for one in examined.findings if one not in examined.warnings],
        )

    def _address(self, name: str, *more: str, month: Month | None = None) -> str:
        return reverse(f"kpis:{name}", args=[self.contract_code, month or self.month, *more])

    def _groups(self, rows: Mapping[str, SheetRow]) -> list[SheetGroup]:
        indicators = {code: self.known[code].indicator for code in rows}
        contract = {code for code, one in indicators.items() if one.kind == Indicator.Kind.CONTRACT}
        parts = [
            ("Yours", "yours", [row for code, row in rows.items() if code in self.mine]),
            (
                "Other indicators" if self.mine else "Indicators",
                "others",
                [row for code, row in rows.items() if code in contract - self.mine],
            ),
            (
                "Supporting measures",
                "supporting",
                [row for code, row in rows.items() if code not in contract | self.mine],
            ),
        ]
        return [SheetGroup(heading, anchor, found) for heading, anchor, found in parts if found]

    def _row(
        self,
        code: str,
        form: SheetForm,
        examined: Examined | None,
        other: Standing | None,
        errors: Mapping[str, str],
    ) -> SheetRow:
        known, now = self.known[code], self.standing[code]
        indicator, figure = known.indicator, now.figure
        query = last_query(figure) if figure else None
        state, submitted = state_of(now), self.submitted.get(code)
        wrong = form.mark_wrong(errors)
        return SheetRow(
            code=code,
            name=indicator.short_name,
            url=f"{reverse('kpis:indicator', args=[self.contract_code, code])}?month={self.month}",
            owner=indicator.owner_role,
            numerator_words=indicator.numerator_words,
            denominator_words=indicator.denominator_words,
            last_words=_last_words(known, self.month),
            rule=rule_words(known),
            state=state,
            state_word=_state_word(indicator, state),
            state_words=_state_words(now),
            asked=_asked(query) if query else "",
            thread_url=(
                f"{reverse('kpis:figure-review', args=[self.contract_code, code])}?month={self.month}"
                if figure
                else ""
            ),
            corrects=figure is not None,
            settled=state in (Figure.State.SUBMITTED, Figure.State.DISPUTED, Figure.State.ACCEPTED, OMITTED)
            and not wrong
            and other is None
            and (examined is None or examined.sheet.typed.mark == now.settled.mark),
            settled_status=submitted.status if submitted and submitted.limits else "",
            settled_sentence=sentences.reading_sentence(submitted, self.today) if submitted else "",
            form=form,
            judged=self.judged(code, examined, form.answers),
            meanwhile=_meanwhile(other, self.reader) if other else None,
            revised=sentences.revised_words(submitted) if submitted else "",
            provisional=sentences.provisional_words(submitted) if submitted else "",
            drafted=now.draft is not None and state != DRAFTED,
            behind=now.draft is not None and now.draft.begun_from_id != now.latest_id,
            counted=indicator.unit == Indicator.Unit.COUNT,
        )

    def _summary(self) -> str:
        return return_sentence([self.standing[code] for code in self._contract_codes()])

    def _contract_codes(self) -> list[str]:
        return [
            code
            for code, one in self.known.items()
            if one.indicator.kind == Indicator.Kind.CONTRACT and one.band
        ]

    def _counted(self, *states: str) -> int:
        return sum(1 for code in self._contract_codes() if state_of(self.standing[code]) in states)


def _submitted(
    month: Month, known: Mapping[str, Background], standing: Mapping[str, Standing]
) -> dict[str, Reading]:
    """What the submitted figures come to, by indicator, whether or not they were computed yet."""
    latest = {code: now.figure.latest for code, now in standing.items() if now.figure and now.figure.latest}
    figures = [
        (known[code], Numbers(one.numerator, one.denominator, one.value)) for code, one in latest.items()
    ]
    return {
        code: replace(
            reading,
            replaced=Replaced.by(latest[code], reading.unit),
            provisional_until=latest[code].final_expected_on,
        )
        for code, reading in zip(latest, judged(month, figures), strict=True)
    }


def state_of(now: Standing) -> str:
    """Where an indicator's month stands; a draft beside a figure or a statement changes nothing about that."""
    if now.figure is not None:
        return now.figure.state
    if now.omission is not None:
        return OMITTED
    return DRAFTED if now.draft is not None else MISSING


def _state_word(indicator: Indicator, state: str) -> str:
    """A supporting measure that isn't there is not missing: no return waits for it."""
    if state == MISSING and indicator.kind == Indicator.Kind.SUPPORTING:
        return "Not returned"
    return STATE_WORDS[state]


def return_sentence(standings: Sequence[Standing]) -> str:
    """How far a return is: "12 of 15 indicators have a figure, 1 can’t be reported, 2 are missing (1 drafted)."."""
    reported = sum(1 for one in standings if one.figure is not None)
    omitted = sum(1 for one in standings if one.figure is None and one.omission is not None)
    missing = len(standings) - reported - omitted
    drafted = sum(1 for one in standings if state_of(one) == DRAFTED)
    corrected = sum(1 for one in standings if one.draft is not None) - drafted
    words = [
        f"{reported} of {count_words(len(standings), 'indicator')} {'has' if reported == 1 else 'have'} a figure"
    ]
    if omitted:
        words.append(f"{omitted} can’t be reported")
    if missing - drafted:
        words.append(f"{missing - drafted} {'is' if missing - drafted == 1 else 'are'} missing")
    if drafted:
        words.append(f"{drafted} {'is' if drafted == 1 else 'are'} drafted and not submitted yet")
    if corrected:
        words.append(f"{count_words(corrected, 'correction is', 'corrections are')} drafted")
    return f"{', '.join(words)}." + ("" if missing else " The return is complete.")


def rule_words(known: Background) -> str:
    """The rule that will judge the figure, in words; the local aim where no band does."""
    if known.band is None:
        return known.indicator.local_aim_words
    limits = Limits.of(known.band)
    return rule_in_words(
        known.indicator.unit, limits.target_operator, limits.target, limits.failure_operator, limits.failure
    )


def _last_words(known: Background, month: Month) -> str:
    """The month before, beside which people type: "February: 196 of 273, 71.8%, within tolerance"."""
    last, before = known.last, month.previous()
    if last is None or last.value is None:
        return f"{before.name}: no figure"
    verdict = f", {sentences.STATUS_WORDS[sentences.Status(last.status)]}" if last.limits else ""
    counts = f"{last.counts_text}, " if last.counts_text else ""
    return f"{before.name}: {counts}{last.value_text}{verdict}"


def _state_words(now: Standing) -> str:
    """Who did what last, and when."""
    if now.draft is not None:
        return f"saved by {now.draft.changed_as}, {moment(now.draft.changed_at)}"
    if now.figure is not None and now.figure.latest is not None:
        latest = now.figure.latest
        return f"revision {latest.number} by {latest.entered_as}, {moment(latest.entered_at)}"
    if now.omission is not None:
        return f"{now.omission.reason} Expected on {sentences.day(now.omission.expected_on)}."
    return ""


def _asked(query: Step) -> str:
    assert query.answer_by is not None
    return f"{query.words} (Answer by {sentences.day(query.answer_by)}.)"


def _meanwhile(other: Standing, reader: Reader) -> Meanwhile:
    typed, draft = other.typed, other.draft
    if draft is not None and draft.begun_from_id == other.latest_id:
        who = "You, in another tab or window," if draft.changed_by_id == reader.user.pk else draft.changed_as
        return Meanwhile(who, moment(draft.changed_at), typed_words(typed))
    latest: FigureRevision | None = other.figure.latest if other.figure else None
    if latest is not None:
        who = (
            "You, in another tab or window," if latest.entered_by_id == reader.user.pk else latest.entered_as
        )
        return Meanwhile(who, moment(latest.entered_at), typed_words(other.settled))
    if other.omission is not None:
        return Meanwhile(other.omission.stated_as, moment(other.omission.stated_at), typed_words(typed))
    return Meanwhile("Somebody", "meanwhile", "emptied it")


def typed_words(typed: Typed) -> str:
    """What was typed, in one line: "196 of 273. Two posts were vacant."."""
    if typed.standing == Kind.CANNOT_REPORT:
        return f"can’t be reported: {typed.reason} Expected on {typed.expected_on}."
    counts = (
        f"{typed.numerator or '–'} of {typed.denominator or '–'}"
        if typed.numerator or typed.denominator
        else ""
    )
    numbers = ", ".join(part for part in (counts, typed.value) if part) or "no figure"
    return f"{numbers}. {typed.commentary}".strip()
