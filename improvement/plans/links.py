"""Which indicators show which impact measures: read from its reviewed file, and kept."""

from __future__ import annotations

from collections.abc import Iterator, Set
from pathlib import Path
from typing import Annotated, Any, Literal

from django.db import transaction
from pydantic import Field

from audit.services import record
from core.definition_files import DefinitionsRefused, Strict, validated
from improvement.models import Measure, MeasureLink
from kpis.definitions.models import Indicator
from parties.models import Contract, User


class Link(Strict):
    """``ref`` names the row; without one the measure is of the plan as a whole."""

    plan: str
    ref: str | None
    measure: Annotated[int, Field(ge=1)]
    indicator: str
    strength: Literal["same", "overlaps"]
    why: Annotated[str, Field(min_length=1, max_length=2000)]


class LinksFile(Strict):
    links: list[Link]
    considered: list[dict[str, Any]] = []
    indicators_without_link: list[str] = []


@transaction.atomic
def load_links(*, by: User | str, contract: Contract, file: Path) -> int:
    """Makes the links that are missing, and says how many. DefinitionsRefused where one leads nowhere."""
    read = validated(file, LinksFile)
    links = read.links
    measures = {
        (
            measure.plan.code,
            measure.recommendation.code if measure.recommendation else None,
            measure.number,
        ): measure
        for measure in Measure.objects.filter(plan__contract=contract).select_related(
            "plan", "recommendation"
        )
    }
    indicators = {one.code: one for one in Indicator.objects.filter(contract=contract)}
    faults = [
        f"{file.name}: {link.plan}, {link.ref or 'plan'}, measure {link.measure}: no such measure"
        for link in links
        if (link.plan, link.ref, link.measure) not in measures
    ]
    faults += [f"{file.name}: {fault}" for fault in _indicator_faults(read, set(indicators))]
    if faults:
        raise DefinitionsRefused(faults)
    made = 0
    for link in links:
        _, new = MeasureLink.objects.get_or_create(
            measure=measures[link.plan, link.ref, link.measure],
            indicator=indicators[link.indicator],
            defaults={"strength": link.strength, "words": link.why},
        )
        made += new
    if made:
        record(
            by=by,
            action="plan.links_loaded",
            subject=contract,
            contract=contract.code,
            summary=f"{made} links from impact measures to indicators were loaded.",
        )
    return made


def _indicator_faults(read: LinksFile, known: Set[str]) -> Iterator[str]:
    """Those that the contract hasn't, and those that are said to have no link and have one."""
    linked = [link.indicator for link in read.links]
    for code in [*linked, *read.indicators_without_link]:
        if code not in known:
            yield f"no indicator {code}"
    for code in read.indicators_without_link:
        if code in linked:
            yield f"{code} has a link, and is said to have none"
