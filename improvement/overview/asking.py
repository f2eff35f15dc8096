"""The day as at which somebody asks for a page, and the answer where there is nothing to show of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import clock
from improvement.models import Plan
from improvement.overview.asked_day import AskedDay, NoSuchDay, asked_day


def day_of(request: HttpRequest) -> AskedDay:
    """NoSuchDay where what is asked for is none."""
    return asked_day(request.GET.get("as-at", ""), clock.today())


def no_such_day(request: HttpRequest, plan: Plan, refused: NoSuchDay) -> HttpResponse:
    shown = {"plan": plan, "refused": str(refused), "today": clock.today()}
    return render(request, "improvement/overview/no_such_day.html", shown, status=404)
