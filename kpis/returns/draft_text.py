"""A figure as somebody types it: text for text, with the hash by which two people's typing is told apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from core.values.numbers import shortest
from kpis.figures.models import FigureRevision, Omission
from kpis.returns.models import Draft

Kind = Draft.Kind


@dataclass(frozen=True)
class DraftText:
    """All that can be typed for one indicator and month; ``answers`` are words for checks that warned, by code."""

    numerator: str = ""
    denominator: str = ""
    value: str = ""
    commentary: str = ""
    standing: str = Kind.FINAL
    expected_on: str = ""
    reason: str = ""
    change_reason: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of_draft(cls, draft: Draft) -> DraftText:
        return cls(
            draft.numerator, draft.denominator, draft.value, draft.commentary, draft.standing, draft.expected_on,
            draft.reason, draft.change_reason, draft.answers,
        )  # fmt: skip

    @classmethod
    def of_revision(cls, revision: FigureRevision) -> DraftText:
        """What would have to be typed to say the same as the revision."""
        numbers = (revision.numerator, revision.denominator, revision.value)
        numerator, denominator, value = (
            "" if number is None else shortest(number).replace(",", "") for number in numbers
        )
        final = revision.final_expected_on
        return cls(
            numerator, denominator, value, revision.commentary,
            standing=Kind.PROVISIONAL if final else Kind.FINAL,
            expected_on=final.isoformat() if final else "",
        )  # fmt: skip

    @classmethod
    def of_omission(cls, omission: Omission) -> DraftText:
        return cls(
            standing=Kind.CANNOT_REPORT,
            expected_on=omission.expected_on.isoformat(),
            reason=omission.reason,
        )

    @property
    def empty(self) -> bool:
        """Whether nothing was typed at all."""
        return self == DraftText()

    @property
    def content_hash(self) -> str:
        """The same text has the same hash; a page carries it to tell what it showed when typing began.

        How line ends are written makes no difference, nor do blanks around a text: browsers change them on the way.
        """
        content: dict[str, Any] = {
            name: _plain(text) for name, text in asdict(self).items() if name != "answers"
        }
        content["answers"] = {code: _plain(text) for code, text in self.answers.items() if text.strip()}
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]

    def says_the_same_as(self, text: DraftText) -> bool:
        """Whether both would submit the same, however each is explained."""
        return self._submits().content_hash == text._submits().content_hash

    def _submits(self) -> DraftText:
        counted = self.numerator.strip() and self.denominator.strip()
        return replace(self, answers={}, change_reason="", value="" if counted else self.value)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def shown(draft: Draft | None, latest: FigureRevision | None, omission: Omission | None) -> DraftText:
    """What a form for the month shows: the draft, else what was submitted last, else nothing."""
    if draft is not None:
        return DraftText.of_draft(draft)
    if latest is not None:
        return DraftText.of_revision(latest)
    return DraftText.of_omission(omission) if omission is not None else DraftText()
