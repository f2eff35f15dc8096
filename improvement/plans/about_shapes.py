"""What of a plan is only read by people: each part as its file gives it, and as ``Plan.about`` keeps it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from core.definition_files import Strict
from improvement.plans.field_types import AsList, MonthText, Number, Title, Titles, Words


class Control(Strict):
    organisation: Words = ""
    subject: Words = ""
    marking: Words = ""
    last_review: MonthText | None = None
    distribution: Titles = []


class Version(Strict):
    version: Title
    day: date | None
    words: Words = ""


class Approval(Strict):
    by: Title
    day: date | None
    note: Words = ""
    place: Words = ""


class Aim(Strict):
    words: Title
    by: int | None


class Phase(Strict):
    name: Title
    from_: MonthText | None = Field(alias="from")
    to: MonthText | None
    points: Titles


class Group(Strict):
    name: Title
    area: Words = ""
    priorities: list[Number]


class Enabler(Strict):
    name: Title
    words: Words


class Body(Strict):
    body: Title
    words: Words


class Reporting(Strict):
    to: Titles = []
    holds: Titles = []


class Judgement(Strict):
    area: Title
    judgement: Title


class Inspection(Strict):
    inspection: Title
    month: MonthText | None = None
    days: Annotated[list[date], AsList]
    judgements: Annotated[list[Judgement], AsList]
    what: Words = ""


class Earlier(Strict):
    """A recommendation of before, and what became of it; ``derived``: which one continues it isn't printed."""

    number: Number
    title: Title
    fate: Literal["done", "in_progress", "carried_forward", "amended"]
    printed: Words = ""
    note: Words = ""
    continues_as: Titles = []
    derived: bool = False


class EarlierPeriod(Strict):
    from_: date | None = Field(default=None, alias="from")
    to: date | None = None


class Milestone(Strict):
    number: Number
    title: Title
    note: Words = ""


class Period(Strict):
    by: MonthText
    label: Title
    milestones: list[Milestone]
    outputs: list[Milestone]


class MilestonesFile(Strict):
    """What was reached, by period: milestones, and the outputs that came with them."""

    title: Title
    place: Words
    periods: list[Period]
