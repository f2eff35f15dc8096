"""What the e-mail says: every notice as one sentence with its link, in plain text and in HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse

from core.values.numbers import count_words
from notices.kinds import OVERDUE, kinds
from notices.models import Digest, Notice

# More than this many are counted, not listed: the page has them all.
MOST_LISTED = 40


def email(
    digest: Digest, notices: Sequence[Notice], message_id: str, connection: BaseEmailBackend
) -> EmailMultiAlternatives:
    """The e-mail of a digest; ``notices`` by contract, each with its contract."""
    said = _said(digest, notices)
    message = EmailMultiAlternatives(
        subject=subject(notices),
        body=render_to_string("notices/mail/notices.txt", said),
        to=[digest.user.email],
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    message.attach_alternative(render_to_string("notices/mail/notices.html", said), "text/html")
    return message


def subject(notices: Sequence[Notice]) -> str:
    """What it is about, the pressing first: "Overdue, 2 queries: Children's services contract"."""
    counts = Counter(notice.kind for notice in notices)
    pressing = sorted(counts, key=lambda kind: (kind != OVERDUE, list(kinds()).index(kind)))
    parts = [kinds()[kind].in_subject(counts[kind]) for kind in pressing]
    what = ", ".join(parts)
    names = sorted({notice.contract.name for notice in notices})
    where = names[0] if len(names) == 1 else count_words(len(names), "contract")
    return " ".join(f"{what[0].upper()}{what[1:]}: {where}".split())


def _said(digest: Digest, notices: Sequence[Notice]) -> dict[str, Any]:
    listed = notices[:MOST_LISTED]
    groups = [
        (contract, [(notice.words, _address(notice.path)) for notice in of_contract])
        for contract, of_contract in groupby(listed, key=lambda notice: notice.contract)
    ]
    choices = reverse("notices:notices", args=[notices[-1].contract.code])
    return {
        "person": digest.user.display_name,
        "number": count_words(len(notices), "notice"),
        "groups": groups,
        "more": len(notices) - len(listed),
        "page": _address(choices),
    }


def _address(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
