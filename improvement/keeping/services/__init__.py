"""The doors by which people write a plan: one for each write, all of it or nothing, with its entry in the trail.

Every one takes the person as ``by``, and refuses with PlanRefused whoever doesn't keep the plan. Nothing is deleted;
targets and statuses are no words of these doors: they move by events (improvement.actions) and statements
(improvement.plans.stating).
"""

from improvement.keeping.services.adding import (
    ActionWords,
    MeasureWords,
    PriorityWords,
    RecommendationWords,
    add_action,
    add_measure,
    add_priority,
    add_recommendation,
)
from improvement.keeping.services.changing import change, mark_of, shown
from improvement.keeping.services.owners import OwnerWords, add_owner
from improvement.keeping.services.plans import PlanWords, make_plan

__all__ = [
    "ActionWords",
    "MeasureWords",
    "OwnerWords",
    "PlanWords",
    "PriorityWords",
    "RecommendationWords",
    "add_action",
    "add_measure",
    "add_owner",
    "add_priority",
    "add_recommendation",
    "change",
    "make_plan",
    "mark_of",
    "shown",
]
