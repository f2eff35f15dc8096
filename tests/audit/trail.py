from django.db import transaction

from audit.models import AuditEvent
from audit.services import record


def write(count: int) -> list[AuditEvent]:
    """So many plain entries, in one transaction."""
    with transaction.atomic():
        return [
            record(
                by="test",
                action="note.made",
                subject=("note", str(number)),
                summary=f"Note {number} was made – with 50% and an é.",
                changes={"text": [None, "é"], "number": number},
            )
            for number in range(1, count + 1)
        ]
