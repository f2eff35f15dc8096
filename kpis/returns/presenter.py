"""A month's return as the Trust works on it: each indicator's form, what it comes to, and what is still missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from core.values.months import Month
from core.values.words import day_words
from kpis import sentences
from kpis.definitions.models import Indicator
from kpis.engine.judging import ValidationContext, judged
from kpis.engine.readings import Reading, Replaced
from kpis.figures.models import Figure
from kpis.returns.drafting import CurrentEntry
from kpis.returns.forms import DraftEditForm
from kpis.returns.validation import Validation
from kpis.returns.words import (
    DRAFTED,
    MISSING,
    OMITTED,
    Meanwhile,
    asked_words,
    last_words,
    meanwhile_words,
    return_sentence,
    rule_words,
    state_of,
    state_word,
    state_words,
)
from kpis.review.selectors import last_query
from kpis.rules.checks import Finding
from kpis.rules.checks import StatedNumbers as Numbers
from kpis.terms import contract_terms
from parties.participants import Participant


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
class ReturnRow:
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
    form: DraftEditForm
    judged: Judged
    meanwhile: Meanwhile | None
    drafted: bool
    behind: bool
    counted: bool


@dataclass(frozen=True)
class ReturnGroup:
    heading: str
    anchor: str
    rows: list[ReturnRow]


@dataclass(frozen=True)
class ReturnPage:
    month: Month
    title: str
    summary: str
    due: str
    past_due: bool
    overdue: bool
    groups: list[ReturnGroup]
    errors: list[tuple[str, str]]
    conflict: bool
    returns_url: str
    live_url: str
    previous: str
    next: str


class ReturnPresenter:
    """Turns what is known of a contract's month into the page; ``validated`` holds what the typed text comes to."""

    def __init__(
        self,
        participant: Participant,
        month: Month,
        contexts: Mapping[str, ValidationContext],
        current: Mapping[str, CurrentEntry],
        mine: set[str],
        today: date,
    ) -> None:
        self.participant, self.contract_code = participant, participant.contract.code
        self.month, self.today = month, today
        self.due_on = contract_terms(participant.contract).days(month).figures_due
        self.contexts, self.current, self.mine = contexts, current, mine
        self.submitted = _submitted(month, contexts, current)

    def page(
        self,
        forms: Mapping[str, DraftEditForm],
        validated: Mapping[str, Validation],
        errors: Sequence[tuple[str, str]] = (),
        meanwhile: Mapping[str, CurrentEntry] | None = None,
        neighbours: tuple[Month | None, Month | None] = (None, None),
    ) -> ReturnPage:
        rows = {
            code: self._row(code, form, validated.get(code), (meanwhile or {}).get(code), dict(errors))
            for code, form in forms.items()
        }
        return ReturnPage(
            month=self.month,
            title=f"Return of {self.month.label}",
            summary=self._summary(),
            due=day_words(self.due_on),
            past_due=self.today > self.due_on,
            overdue=self.today > self.due_on and bool(self._counted(MISSING, DRAFTED)),
            groups=self._groups(rows),
            errors=list(errors),
            conflict=meanwhile is not None,
            returns_url=reverse("kpis:returns", args=[self.contract_code]),
            live_url=self._address("return-live"),
            previous=self._address("return", month=neighbours[0]) if neighbours[0] else "",
            next=self._address("return", month=neighbours[1]) if neighbours[1] else "",
        )

    def judged(self, code: str, validated: Validation | None, answers: Mapping[str, str]) -> Judged:
        """The block beside the fields: what the figure comes to, by the rules that will judge it."""
        if validated is None:
            return Judged(code, "", "", [], [], [], list(answers.items()))
        reading, warned = validated.reading, {finding.code for finding in validated.warnings}
        return Judged(
            code=code,
            status=reading.status if reading and reading.limits else "",
            sentence=sentences.reading_sentence(reading, self.today) if reading else "",
            problems=[problem.message for problem in validated.problems],
            warnings=[(finding, answers.get(finding.code, "")) for finding in validated.warnings],
            kept=[(check, words) for check, words in answers.items() if check not in warned],
            not_run=[finding for finding in validated.findings if finding not in validated.warnings],
        )

    def _address(self, name: str, *more: str, month: Month | None = None) -> str:
        return reverse(f"kpis:{name}", args=[self.contract_code, month or self.month, *more])

    def _groups(self, rows: Mapping[str, ReturnRow]) -> list[ReturnGroup]:
        indicators = {code: self.contexts[code].indicator for code in rows}
        contract = {
            code for code, indicator in indicators.items() if indicator.kind == Indicator.Kind.CONTRACT
        }
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
        return [ReturnGroup(heading, anchor, found) for heading, anchor, found in parts if found]

    def _row(
        self,
        code: str,
        form: DraftEditForm,
        validated: Validation | None,
        meanwhile: CurrentEntry | None,
        errors: Mapping[str, str],
    ) -> ReturnRow:
        context, current = self.contexts[code], self.current[code]
        indicator, figure = context.indicator, current.figure
        query = last_query(figure) if figure else None
        state, submitted = state_of(current), self.submitted.get(code)
        wrong = form.mark_wrong(errors)
        return ReturnRow(
            code=code,
            name=indicator.short_name,
            url=f"{reverse('kpis:indicator', args=[self.contract_code, code])}?month={self.month}",
            owner=indicator.owner_role,
            numerator_words=indicator.numerator_words,
            denominator_words=indicator.denominator_words,
            last_words=last_words(context, self.month),
            rule=rule_words(context),
            state=state,
            state_word=state_word(indicator, state),
            state_words=state_words(current),
            asked=asked_words(query) if query else "",
            thread_url=(
                f"{reverse('kpis:figure-review', args=[self.contract_code, code])}?month={self.month}"
                if figure
                else ""
            ),
            corrects=figure is not None,
            settled=state in (Figure.State.SUBMITTED, Figure.State.DISPUTED, Figure.State.ACCEPTED, OMITTED)
            and not wrong
            and meanwhile is None
            and (validated is None or validated.edit.text.content_hash == current.settled.content_hash),
            settled_status=submitted.status if submitted and submitted.limits else "",
            settled_sentence=sentences.reading_sentence(submitted, self.today) if submitted else "",
            form=form,
            judged=self.judged(code, validated, form.answers),
            meanwhile=meanwhile_words(meanwhile, self.participant) if meanwhile else None,
            drafted=current.draft is not None and state != DRAFTED,
            behind=current.draft is not None and current.draft.begun_from_id != current.latest_id,
            counted=indicator.unit == Indicator.Unit.COUNT,
        )

    def _summary(self) -> str:
        return return_sentence([self.current[code] for code in self._contract_codes()])

    def _contract_codes(self) -> list[str]:
        return [
            code
            for code, context in self.contexts.items()
            if context.indicator.kind == Indicator.Kind.CONTRACT and context.band
        ]

    def _counted(self, *states: str) -> int:
        return sum(1 for code in self._contract_codes() if state_of(self.current[code]) in states)


def _submitted(
    month: Month, contexts: Mapping[str, ValidationContext], current: Mapping[str, CurrentEntry]
) -> dict[str, Reading]:
    """What the submitted figures come to, by indicator, whether or not they were computed yet."""
    latest = {
        code: kept.figure.latest for code, kept in current.items() if kept.figure and kept.figure.latest
    }
    figures = [
        (contexts[code], Numbers(revision.numerator, revision.denominator, revision.value))
        for code, revision in latest.items()
    ]
    return {
        code: replace(
            reading,
            replaced=Replaced.by(latest[code], reading.unit),
            provisional_until=latest[code].final_expected_on,
        )
        for code, reading in zip(latest, judged(month, figures), strict=True)
    }
