"""What entries about indicators and figures say in the trail, in sentences for the two parties.

The summary that is kept names figures and acts alone, because administrators read it. What was asked, answered and
entered stands in the entry's changes, and only a party's page of the trail puts it into words. A structure that is not
known here, such as one that an earlier version wrote, is shown line by line under its own names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from audit.words import any_lines, word
from core.values.months import Month
from core.values.numbers import count_words
from core.values.words import listed
from kpis import sentences

Changes = Mapping[str, Any]

_FIGURE = re.compile(r"\b([A-Z]{1,4}[0-9]{1,3}[A-Za-z]?) ([0-9]{4}-(?:0[1-9]|1[0-2]))(?![-0-9])")
_STATED = re.compile(r"([^ :]+): (.*) Expected ([0-9-]{10})\.", re.DOTALL)
_SAID = {
    "figure.queried": "The council asked about {}",
    "figure.reopened": "The council reopened {} and asked",
    "figure.explained": "The Trust explained {}",
    "figure.disputed": "The Trust disputed the query about {}",
}


def headline(action: str, summary: str, changes: Changes) -> str:
    """ "The council asked about PI8 of March 2020: “Which teams?” Answer by 8 December 2026."

    The summary that was kept, with its figures' months in words, where the changes don't say more.
    """
    if action in _SAID and _texts(changes, "figure", "words"):
        asked = _SAID[action].format(_named(changes["figure"]))
        by = f" Answer by {word(changes['answer_by'])}." if changes.get("answer_by") else ""
        return f"{asked}: “{changes['words']}”{by}"
    if action == "figures.accepted" and (figures := _figures(changes)):
        return f"The council accepted {_named_all([figure['figure'] for figure in figures])}."
    return _named(summary)


def change_lines(action: str, changes: Changes) -> list[str]:
    """What an entry changed, a line for each thing: "PI1, decimals: 0 → 1", "PI4 of January 2020: 335 of 451"."""
    if action in _SAID and _texts(changes, "figure"):
        return [_moved(changes)]
    if action == "figures.accepted" and (figures := _figures(changes)):
        moved = [_moved(figure) for figure in figures]
        return moved if len(figures) == 1 else [_accepted(figure) for figure in figures]
    if action == "return.submitted":
        return [line for name, value in changes.items() for line in _return_lines(name, value)]
    return [_named_first(line) for name, value in changes.items() for line in any_lines(name, value)]


def _texts(changes: Changes, *names: str) -> bool:
    return all(isinstance(changes.get(name), str) for name in names)


def _figures(changes: Changes) -> list[Changes]:
    """The figures of one act; none where they are kept in another shape."""
    figures = changes.get("figures")
    if not isinstance(figures, list):
        return []
    return (
        figures if all(isinstance(figure, Mapping) and _texts(figure, "figure") for figure in figures) else []
    )


def _named_all(figures: Sequence[str]) -> str:
    """Few figures by their names, "PI1 and PI2 of March 2020"; many are counted."""
    codes, months = zip(*(figure.rsplit(" ", 1) for figure in figures), strict=True)
    named = listed(codes) if len(codes) <= sentences.MOST_NAMED else count_words(len(codes), "figure")
    distinct = sorted(set(months))
    if len(distinct) == 1:
        return f"{named} of {_month(distinct[0])}"
    return f"{count_words(len(figures), 'figure')} of {_month(distinct[0])} to {_month(distinct[-1])}"


def _moved(change: Changes) -> str:
    """ "Revision 2: 195 of 273; submitted → accepted"."""
    state = change.get("state")
    moved = f"; {' → '.join(map(str, state))}" if isinstance(state, list) else ""
    return f"Revision {change.get('revision', '')}: {change.get('value', '')}{moved}"


def _accepted(change: Changes) -> str:
    said = f" “{change['words']}”" if change.get("words") else ""
    return f"{_named(change['figure'])}: {_moved(change)[0].lower()}{_moved(change)[1:]}{said}"


def _return_lines(name: str, value: Any) -> Iterator[str]:
    for line in value if isinstance(value, list) else []:
        stated = _STATED.fullmatch(str(line)) if name != "figures" else None
        if stated:
            yield f"{stated[1]} can’t be reported: “{stated[2]}” Expected on {word(stated[3])}."
        else:
            yield _named_first(str(line))


def _named(text: str) -> str:
    """ "PI8 2020-03" as "PI8 of March 2020", wherever it stands."""
    return _FIGURE.sub(lambda found: f"{found[1]} of {_month(found[2])}", text)


def _named_first(text: str) -> str:
    """The same of the figure that a line begins with: words of people that follow stay as they were typed."""
    found = _FIGURE.match(text)
    return f"{_named(found[0])}{text[found.end() :]}" if found else text


def _month(text: str) -> str:
    try:
        return Month.parse(text).label
    except ValueError:
        return text
