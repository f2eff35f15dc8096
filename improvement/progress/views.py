"""A plan in time: its actions by target month, how many were done by when, and how far targets slipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from core.downloads import csv_file
from improvement.models import Plan
from improvement.plans.selectors import plan_named
from improvement.progress.over_time import OverTime, counts_of, over_time, progress_file
from improvement.progress.selectors import actions_with_owners, first_day, story_of
from improvement.progress.slips import Slips, slips
from improvement.progress.timeline import timeline_page
from parties.gate import contract_page
from parties.participants import Participant


@dataclass(frozen=True)
class ProgressPage:
    """``over_time`` is None before anything is known of the actions."""

    plan: Plan
    over_time: OverTime | None
    slips: Slips
    parents: Sequence[tuple[str, str]]


@contract_page("plan.view")
@require_safe
def timeline(request: HttpRequest, participant: Participant, plan_code: str) -> HttpResponse:
    plan = plan_named(participant, plan_code)
    page = timeline_page(participant, plan, actions_with_owners(participant, plan), clock.today())
    return render(request, "improvement/progress/timeline.html", {"page": page})


@contract_page("plan.view")
@require_safe
def progress(request: HttpRequest, participant: Participant, plan_code: str) -> HttpResponse:
    """Month by month since the first review; the last month as it stands today."""
    plan, code = plan_named(participant, plan_code), participant.contract.code
    story = story_of(participant, plan)
    counts = counts_of(story, first_day(plan, story.told), clock.today())
    page = ProgressPage(
        plan=plan,
        over_time=over_time(counts, len(story.actions)) if counts else None,
        slips=slips(code, plan, story.dated),
        parents=[(plan.name, reverse("improvement:overview", args=[code, plan.code]))],
    )
    return render(request, "improvement/progress/progress.html", {"page": page})


@contract_page("plan.view")
@require_safe
def progress_csv(request: HttpRequest, participant: Participant, plan_code: str) -> HttpResponse:
    """The counts behind both charts."""
    plan = plan_named(participant, plan_code)
    story = story_of(participant, plan)
    counts = counts_of(story, first_day(plan, story.told), clock.today())
    name = f"{participant.contract.code}-{plan.code}-progress.csv"
    return csv_file(progress_file(counts), name)
