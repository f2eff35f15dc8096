"""What the overview calls a recommendation: its title, unless a document words one of its references otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from improvement.models import Reference

# Under this the trail names the references that follow.
RETITLED = "so called in the overview"
# So many references are changed by one statement.
BATCH = 200


def follow_titles(references: Iterable[Reference], titles: Mapping[int, tuple[str, str]]) -> list[str]:
    """The codes of references that followed: those that bore their row's old title bear its new one. One statement.

    ``titles`` are the old and the new one by the row's key. A reference of another wording keeps it.
    """
    followed = []
    for reference in references:
        was, now = titles.get(reference.recommendation_id or 0, ("", ""))
        if now and reference.title == was:
            reference.title = now
            followed.append(reference)
    Reference.objects.bulk_update(followed, ["title"], batch_size=BATCH)
    return [reference.code for reference in followed]
