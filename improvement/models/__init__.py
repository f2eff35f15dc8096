"""The tables of the improvement plans, by the noun that they hold."""

from improvement.models.action import Action, Ownership
from improvement.models.event import Event, Statement
from improvement.models.evidence import Evidence
from improvement.models.measure import Measure, MeasureLink, MeasureValue
from improvement.models.plan import Block, Owner, Plan, Priority, Recommendation, Reference

__all__ = [
    "Action",
    "Block",
    "Event",
    "Evidence",
    "Measure",
    "MeasureLink",
    "MeasureValue",
    "Owner",
    "Ownership",
    "Plan",
    "Priority",
    "Recommendation",
    "Reference",
    "Statement",
]
