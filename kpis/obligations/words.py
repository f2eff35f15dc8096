"""What is due, in words that the page and a person's own calendar share. No figure in them."""

from __future__ import annotations

from core.values.numbers import count_words
from core.values.words import listed
from kpis import sentences
from kpis.rules.due import Due, Kind


def due_title(due: Due) -> str:
    """Who does what: "The Trust returns the figures of March 2020"."""
    month, codes = due.month.label, _codes(due)
    match due.kind:
        case Kind.FIGURES:
            return f"The Trust returns {f'{codes} of' if due.codes else 'the figures of'} {month}"
        case Kind.ANSWER:
            return f"The council answers the figures of {month}"
        case Kind.QUERY:
            return f"The Trust answers the council’s query on {codes} of {month}"
        case Kind.EXPECTED:
            return f"The Trust returns {codes} of {month}, on the day it gave"
        case _:
            return f"The Trust returns the final {codes} of {month}, so far provisional"


def due_note(due: Due) -> str:
    """How much of it is open, where the title doesn't say."""
    if due.kind == Kind.ANSWER and due.codes:
        return f"{count_words(len(due.codes), 'figure waits', 'figures wait')} for an answer."
    return ""


def _codes(due: Due) -> str:
    """The indicators' codes; many are counted."""
    if len(due.codes) > sentences.MOST_NAMED:
        return count_words(len(due.codes), "figure")
    return listed(due.codes)
