"""The words of the program in plain English, and the abbreviations of children's services spelt out."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    word: str
    meaning: str


WORDS = [
    Entry("Indicator", "One of the fifteen things that the contract measures each month."),
    Entry(
        "Supporting measure",
        "Something measured beside them that the contract doesn’t judge, such as a team’s caseload.",
    ),
    Entry("Figure", "One number for one indicator and one month, with who entered it and when."),
    Entry(
        "Numerator and denominator",
        "The two counts behind a percentage or a rate: how many did, out of how many.",
    ),
    Entry("Polarity", "Whether a higher or a lower number is the better one."),
    Entry("Target", "What the contract asks for, with the sign that it prints: more than, less than."),
    Entry("Tolerance", "The room between target and failure: not good enough, but not a failure."),
    Entry("Failure", "The limit beyond which the month counts as failed."),
    Entry("Band", "Target, tolerance and failure together, with the months for which they hold."),
    Entry(
        "Change control",
        "The agreed way of changing a definition or a band. The old one keeps judging its own months.",
    ),
    Entry(
        "Revision",
        "A correction. It is added beside what stood before, with who, when and why; nothing is overwritten.",
    ),
    Entry("Commentary", "What the Trust says about a month: what happened, why, and what comes next."),
    Entry("Return", "All figures of a month, as the Trust hands them in."),
    Entry(
        "Reporting month", "The month that the figures are about, not the month in which they are entered."
    ),
    Entry(
        "Submitted, queried, accepted",
        "Where a figure stands: handed in by the Trust, questioned by the council, agreed by the council.",
    ),
    Entry(
        "Issued", "Put into a report to a board. An issued report never changes; a correction is a new one."
    ),
    Entry(
        "Direction of travel",
        "Whether performance got better or worse since the month before, whichever way the number went.",
    ),
    Entry("Variation", "How much a number moves from month to month without anything having changed."),
    Entry("Process limits", "The range in which a number stays by ordinary variation alone."),
    Entry("Assurance", "How surely an indicator will meet its target if nothing changes."),
    Entry(
        "Comparator",
        "The same measure elsewhere: England, or areas like this one. It is often a year or two older.",
    ),
    Entry(
        "Statistical neighbour",
        "One of ten authorities whose families and circumstances are most like Sandwell’s.",
    ),
    Entry(
        "Pooled",
        "An average that counts every child or case once, so that busy months weigh more than quiet ones.",
    ),
    Entry("Points", "The difference between two percentages: from 70% to 73% is 3 points."),
    Entry(
        "Agreed Action Plan",
        "A plan that the Trust and the council settle together when an indicator keeps missing its target.",
    ),
    Entry(
        "Rectification Plan",
        "A formal plan under the contract, which the council may call for when an indicator keeps failing.",
    ),
    Entry("Relief", "An agreed reason why a month doesn’t count against the Trust."),
    Entry("Recommendation", "Something that an inspection or a review asked to be done."),
    Entry(
        "Phase 1 and phase 2",
        "An improvement action is first done (phase 1) and then shown to have worked (phase 2).",
    ),
    Entry("Impact measure", "The number that is expected to move if an improvement action works."),
    Entry("Evidence", "What shows that an action worked: a figure, an audit, a survey, a document."),
    Entry("Budget line", "One kind of spending or income with the sum planned for it."),
    Entry("Actual", "What has been spent or received so far."),
    Entry("Forecast outturn", "What spending is expected to come to by the end of the year."),
    Entry("Variance", "Actual or forecast less budget, told in words as overspent or underspent."),
    Entry("Pack", "The papers that go to a board meeting."),
]

ABBREVIATIONS = [
    Entry(
        "ASYE",
        "Assessed and Supported Year in Employment: a social worker’s first year, with a lighter caseload.",
    ),
    Entry(
        "CiC or LAC",
        "Children in care, also called looked-after children: the council is responsible for them.",
    ),
    Entry("CIN", "Child in need: a child who gets help under section 17 of the Children Act 1989."),
    Entry("CM", "Care management: the teams that work with families over months."),
    Entry(
        "CP",
        "Child protection, as in a child protection plan: the plan that keeps a child from significant harm.",
    ),
    Entry("CWD", "Children with disabilities, and the team for them."),
    Entry(
        "ICPC",
        "Initial child protection conference: the meeting that decides whether a child needs a protection plan.",
    ),
    Entry(
        "IRO", "Independent reviewing officer: chairs the reviews of children in care and speaks up for them."
    ),
    Entry(
        "LADO",
        "Local authority designated officer: looks into allegations against people who work with children.",
    ),
    Entry(
        "MASH",
        "Multi-agency safeguarding hub: where police, health and social care take in concerns together.",
    ),
    Entry("RAG", "Red, amber, green: the three colours of a status."),
    Entry(
        "S47",
        "Section 47 of the Children Act 1989: an enquiry into whether a child is suffering significant harm.",
    ),
]
