"""What statuses, directions, states and provenances are called: the name that is kept, and the word that people read.

Rules judge by these names, models take their choices from here, and sentences their words.
"""

from __future__ import annotations

ON_TARGET = "on_target"
WITHIN_TOLERANCE = "within_tolerance"
FAILURE = "failure"
NOT_REPORTED = "not_reported"
NOT_APPLICABLE = "not_applicable"
STATUSES = {
    ON_TARGET: "On target",
    WITHIN_TOLERANCE: "Within tolerance",
    FAILURE: "Failed",
    NOT_REPORTED: "Not reported",
    NOT_APPLICABLE: "Not applicable",
}

BETTER, WORSE, NO_REAL_CHANGE = "better", "worse", "no_real_change"
DIRECTIONS = {BETTER: "Better", WORSE: "Worse", NO_REAL_CHANGE: "No real change"}

# Where a figure stands between Trust and council.
SUBMITTED, QUERIED, DISPUTED, ACCEPTED = "submitted", "queried", "disputed", "accepted"
STATES = {SUBMITTED: "Submitted", QUERIED: "Queried", DISPUTED: "Disputed", ACCEPTED: "Accepted"}

# Where a figure comes from.
PUBLISHED, DERIVED, RETURNED, ILLUSTRATIVE = "published", "derived", "returned", "illustrative"
PROVENANCES = {
    PUBLISHED: "Published",
    DERIVED: "Derived",
    RETURNED: "Returned",
    ILLUSTRATIVE: "Illustrative",
}


def in_sentences(labels: dict[str, str]) -> dict[str, str]:
    """The same words as they stand within a sentence: "on target"."""
    return {name: label[0].lower() + label[1:] for name, label in labels.items()}
