"""What was said to a check that warned."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from core.fields import at_most
from kpis.figures.models.figure import FigureRevision
from parties.participants import Participant

# The most characters of what is said to a check.
ANSWER = 500


class CheckAnswerQuerySet(models.QuerySet["CheckAnswer"]):
    def visible_to(self, participant: Participant) -> CheckAnswerQuerySet:
        if not participant.may("indicator.view"):
            return self.none()
        return self.filter(revision__figure__indicator__contract=participant.contract)


class CheckAnswer(models.Model):
    """A check that warned when a revision was submitted or imported, and what was said to it. Written once."""

    revision = models.ForeignKey(FigureRevision, on_delete=models.PROTECT, related_name="check_answers")
    code = models.CharField(max_length=40)
    message = models.CharField(max_length=300)
    words = models.CharField(max_length=ANSWER)

    objects = CheckAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["revision", "pk"]
        constraints = [
            models.UniqueConstraint("revision", "code", name="check_answered_once_per_revision"),
            models.CheckConstraint(name="check_answer_has_words", condition=~Q(words="")),
            at_most(300, "message", name="check_message_has_its_length"),
            at_most(ANSWER, "words", name="check_answer_has_its_length"),
        ]

    def __str__(self) -> str:
        return f"{self.revision}: {self.code}"
