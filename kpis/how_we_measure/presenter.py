"""How everything is measured: definitions by theme, rules, words. No figure and no published statistic stands here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from core.clock import moment_words
from core.values.numbers import count_words, plain
from kpis.definitions.models import Indicator
from kpis.engine.models import RecomputeRun
from kpis.how_we_measure.glossary import ABBREVIATIONS, WORDS, Entry
from kpis.presentation.definition import Definition, definition


@dataclass(frozen=True)
class ThemeGroup:
    name: str
    anchor: str
    definitions: list[Definition]


@dataclass(frozen=True)
class Run:
    when: str
    trigger: str
    outcome: str


@dataclass(frozen=True)
class HowWeMeasure:
    groups: list[ThemeGroup]
    words: list[Entry]
    abbreviations: list[Entry]
    runs: list[Run]
    indicator_urls: dict[str, str]
    summary: str


def how_we_measure_page(
    contract_code: str, indicators: Sequence[Indicator], runs: Sequence[RecomputeRun], *, sees_figures: bool
) -> HowWeMeasure:
    """Everything that templates/kpis/how_we_measure.html prints; ``indicators`` come with their bands."""
    contract = sum(1 for indicator in indicators if indicator.kind == Indicator.Kind.CONTRACT)
    supporting = count_words(len(indicators) - contract, "supporting measure")
    urls = {
        indicator.code: reverse("kpis:indicator", args=[contract_code, indicator.code])
        for indicator in indicators
        if sees_figures
    }
    return HowWeMeasure(
        groups=_groups(indicators),
        words=WORDS,
        abbreviations=ABBREVIATIONS,
        runs=[_run(run) for run in runs],
        indicator_urls=urls,
        summary=f"{count_words(contract, 'contract indicator')} and {supporting}",
    )


def _groups(indicators: Sequence[Indicator]) -> list[ThemeGroup]:
    """One group for each theme of the contract indicators, then one for the supporting measures."""
    groups = []
    for theme in Indicator.Theme:
        of_theme = [
            indicator
            for indicator in indicators
            if indicator.theme == theme and indicator.kind == Indicator.Kind.CONTRACT
        ]
        if of_theme:
            groups.append(_group(theme.label, theme.value.replace("_", "-"), of_theme))
    supporting = [indicator for indicator in indicators if indicator.kind == Indicator.Kind.SUPPORTING]
    return [*groups, _group("Supporting measures", "supporting", supporting)] if supporting else groups


def _group(name: str, anchor: str, indicators: Sequence[Indicator]) -> ThemeGroup:
    definitions = [
        definition(indicator, sorted(indicator.bands.all(), key=lambda band: band.valid_from))
        for indicator in indicators
    ]
    return ThemeGroup(name, f"theme-{anchor}", definitions)


def _run(run: RecomputeRun) -> Run:
    if run.error:
        outcome = f"Stopped: {run.error.splitlines()[0]}"
    elif run.ended_at is None:
        outcome = "Running"
    else:
        outcome = f"{plain(run.computed, 0)} computed, {plain(run.changed, 0)} changed"
    return Run(moment_words(run.started_at), run.get_trigger_display(), outcome)
