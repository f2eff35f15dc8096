"""A file that was handed in: read and checked first, committed by a second act."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from core import clock
from core.declarations import declared
from core.fields import NAME, at_most
from parties.models import Contract
from parties.participants import Participant
from uploads.handlers import UploadHandler

FILE_NAME, HANDLER, PURPOSE = 200, 40, 40


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, participant: Participant) -> UploadQuerySet:
        """Files handed in for the person's contract, of the kinds that they may hand in themselves."""
        own = models.Q(pk__in=[])
        for handler in declared(UploadHandler):
            if participant.may(handler.permission):
                own |= models.Q(handler=handler.name) & handler.seen(participant)
        return self.filter(own, contract=participant.contract)


class Upload(models.Model):
    """A handed-in file. The row is the queue of record: who finds it waiting reads it, whatever became of a message.

    ``problems`` are lists of row, column, message and cell; ``changes`` what the file would change, a mapping for each
    row; ``notes`` what was left aside on the way. ``question`` is what its people must say before it can be read
    ("about", "words", "choices"), ``answers`` what they said, by what was asked. ``replaced_by`` are the rows as
    they were handed in once these had been put right.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be read"
        CHECKED = "checked", "Read, nothing wrong"
        ASKED = "asked", "Waiting for an answer"
        FAULTY = "faulty", "Read, with problems"
        TAKEN = "taken", "Taken over"
        WITHDRAWN = "withdrawn", "Withdrawn"
        EXPIRED = "expired", "Dropped, because nobody settled it"

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+")
    handler = models.CharField(max_length=HANDLER, help_text="Which kind of file it is (uploads.handlers).")
    file_name = models.CharField(max_length=FILE_NAME)
    given_for = models.CharField(
        max_length=PURPOSE, default="", help_text="What it was handed in for, as its kind says it: a month."
    )
    content = models.BinaryField()
    # Rows from the clipboard are quoted by other rules than a file's.
    pasted = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    rows_total = models.PositiveIntegerField(null=True)
    rows_done = models.PositiveIntegerField(default=0)
    # Rows with a problem, once they are read; of a long list of problems not all are kept.
    rows_wrong = models.PositiveIntegerField(null=True)
    problems = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    question = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_as = models.CharField(max_length=NAME)
    uploaded_at = models.DateTimeField(default=clock.now)
    checked_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    # How often a reading was begun, and when one last gave a sign of life: a file may end the process that reads it.
    tries = models.PositiveSmallIntegerField(default=0)
    alive_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        # The sweep looks for files that nobody has read yet.
        indexes = [models.Index(fields=["state", "uploaded_at"], name="upload_by_state")]
        constraints = [
            models.CheckConstraint(
                name="upload_state_is_known",
                condition=models.Q(
                    state__in=["waiting", "checked", "asked", "faulty", "taken", "withdrawn", "expired"]
                ),
            ),
            models.CheckConstraint(
                name="upload_expired_is_empty", condition=~models.Q(state="expired") | models.Q(content=b"")
            ),
            models.CheckConstraint(
                name="upload_replaced_is_withdrawn",
                condition=models.Q(replaced_by=None) | models.Q(state="withdrawn"),
            ),
            at_most(FILE_NAME, "file_name", name="upload_name_has_its_length"),
            at_most(PURPOSE, "given_for", name="upload_purpose_has_its_length"),
        ]

    def __str__(self) -> str:
        return self.file_name
