"""What people write in the cells of a plan: references, targets, statuses, days. ValueError says what helps."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from core.values.months import REACH, taken
from core.values.written_months import month_written
from improvement.models import Action, Owner
from improvement.models.plan import TITLE
from improvement.plans.references import REFERENCE, in_capitals
from improvement.rules.status import SAID, Status

SHOWN = 40
_BETWEEN = re.compile(r"[,;/&\n]|\band\b")
_PRIORITY = re.compile(r"(?:priority\s*)?([0-9]{1,3})(?![0-9])[\s.:,)–—-]*(.*)", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(r"(?:(?:action|measure|no\.?)\s*)?([1-9][0-9]{0,2})\.?", re.IGNORECASE)
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")
_SEE = re.compile(r"(?:see\s+)(.+)", re.IGNORECASE | re.DOTALL)


class Target(NamedTuple):
    """A month, written "2020-03", or words in its place; neither where there is no date."""

    month: str = ""
    words: str = ""

    @property
    def shown(self) -> str:
        return self.month or (f"see {self.words}" if self.words else "")


def target_kept(action: Action) -> Target:
    """As the plan shows it: a month wins over the words that stood in its place before there was one."""
    month = action.target_month
    return Target(month=str(month)) if month else Target(words=action.target_words)


def priority_written(text: str) -> tuple[int | None, str]:
    """Number and name, either of which may be missing."""
    found = _PRIORITY.fullmatch(text)
    if found is None:
        return None, _line(text)
    if (number := int(found[1])) < 1:
        raise ValueError("A priority’s number is 1 or higher.")
    return number, _line(found[2])


def references_written(text: str, known: Callable[[str], str | None]) -> list[str]:
    """The codes, in their order. ``known`` gives the code of one that the plan has, however it is printed there."""
    if code := known(text):
        return [code]
    codes = [code for part in _BETWEEN.split(text) if part.strip() for code in _codes(part.strip(), known)]
    if not codes:
        raise ValueError(_no_reference(text))
    return list(dict.fromkeys(codes))


def _codes(part: str, known: Callable[[str], str | None]) -> list[str]:
    if code := known(part):
        return [code]
    words = in_capitals(part).split()
    if all(REFERENCE.fullmatch(word) for word in words):
        return [known(word) or word for word in words]
    joined = "".join(words)
    if not REFERENCE.fullmatch(joined):
        raise ValueError(_no_reference(part))
    return [known(joined) or joined]


def _no_reference(text: str) -> str:
    return (
        f"“{_line(text)[:SHOWN]}” is no reference. Write letters and a number, like OR1; several as OR1, MV6."
    )


def number_written(text: str) -> int:
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise ValueError(f"“{_line(text)[:SHOWN]}” is no number from 1 to 999.")
    return int(found[1])


def target_written(text: str) -> Target:
    """A month, or "see …" in its place."""
    if found := _SEE.fullmatch(text):
        if len(words := _line(found[1])) > TITLE:
            raise ValueError(
                f"What stands in the month’s place has at most {TITLE} characters ({len(words)})."
            )
        return Target(words=words)
    try:
        return Target(month=str(month_written(text)))
    except ValueError as error:
        raise ValueError(f"{error} Where something else says when, write “see” and what.") from None


def status_written(text: str) -> Status:
    found = _STATUSES.get(_plain(text))
    if found is None:
        known = ", ".join(f"“{status.label}”" for status in SAID)
        raise ValueError(
            f"“{_line(text)[:SHOWN]}” is no status. They are {known}; empty where it isn’t known."
        )
    return found


def day_written(text: str, today: date) -> date:
    """A day up to today."""
    plain = _line(text).removesuffix(" 00:00:00")
    for form in _DAYS:
        try:
            day = datetime.strptime(plain, form).date()  # noqa: DTZ007 - a day has no hour
        except ValueError:
            continue
        if not taken(day):
            raise ValueError(f"“{plain[:SHOWN]}” is out of reach: {REACH}.")
        if day > today:
            raise ValueError(f"“{plain[:SHOWN]}” is still to come.")
        return day
    raise ValueError(f"“{plain[:SHOWN]}” is no day. Write it like 2019-09-23.")


def side_written(text: str) -> str:
    found = _SIDES.get(_plain(text))
    if found is None:
        known = ", ".join(Owner.Side(side).label for side in Owner.Side)
        raise ValueError(f"“{_line(text)[:SHOWN]}” is no side. They are {known}.")
    return found


def parts_written(text: str) -> list[str]:
    """Roles or sides, with semicolons or line breaks between them."""
    return list(dict.fromkeys(_line(part) for part in re.split(r"[;\n]", text) if part.strip()))


def _line(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    """Letters and digits alone, in small letters."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


_STATUSES: Mapping[str, Status] = {
    _plain(words): status for status in SAID for words in (status.value, status.label, status.explained)
} | {
    # As people shorten them, and as files of before have them.
    "with mitigations": Status.MITIGATED,
    "not on track risks with mitigations": Status.MITIGATED,
}
_SIDES: Mapping[str, str] = {
    _plain(words): side.value for side in Owner.Side for words in (side.value, side.label)
}
