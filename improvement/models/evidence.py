"""What shows that an action made a difference."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from core.fields import ComputedField, at_most, first_of_month
from improvement.models.action import Action
from improvement.models.event import Written, written_by_somebody
from improvement.models.plan import TITLE, WORDS
from kpis.models import Indicator


class Evidence(Written):
    """One piece of evidence: what it is, what it shows, and the day on which it is looked at again.

    An indicator's movement holds both windows and what the means were when it was added; a sample says how many cases,
    who looked, and whether they are independent of the action's owner: one that isn't carries no confirmation.
    """

    class Kind(models.TextChoices):
        INDICATOR = "indicator", "Movement of an indicator"
        AUDIT = "audit", "Audit finding or practice sample"
        SURVEY = "survey", "Survey"
        INSPECTION = "inspection", "Inspection or visit"
        DOCUMENT = "document", "Document"

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="evidence")
    version = models.PositiveIntegerField(
        null=True, help_text="The number of the event that added it; empty: from before that was kept."
    )
    kind = models.CharField(max_length=12, choices=Kind)
    shows = models.TextField(max_length=WORDS)
    seen_on = models.DateField()
    again_on = models.DateField()
    link = models.URLField(blank=True, max_length=500)
    sample = models.PositiveIntegerField(null=True, blank=True)
    looked_by = models.CharField(max_length=TITLE, blank=True)
    independent = models.BooleanField(
        null=True,
        blank=True,
        help_text="Of a sample: whether who looked is independent of the action's owner.",
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    before_from = models.DateField(null=True, blank=True)
    before_to = models.DateField(null=True, blank=True)
    after_from = models.DateField(null=True, blank=True)
    after_to = models.DateField(null=True, blank=True)
    before_mean = ComputedField()
    after_mean = ComputedField()

    class Meta:
        ordering = ["action_id", "pk"]
        verbose_name_plural = "evidence"
        constraints = [
            written_by_somebody("evidence_is_written_by_somebody"),
            models.CheckConstraint(
                name="evidence_says_what_it_shows",
                condition=Q(kind__in=["indicator", "audit", "survey", "inspection", "document"])
                & ~Q(shows=""),
            ),
            models.CheckConstraint(
                name="evidence_is_looked_at_again_later", condition=Q(again_on__gt=F("seen_on"))
            ),
            models.CheckConstraint(
                name="evidence_of_a_sample_says_how_many_and_who",
                condition=~Q(kind="audit")
                | Q(sample__gte=1)
                & ~Q(looked_by="")
                & (Q(independent__isnull=False) | Q(version__isnull=True)),
            ),
            models.CheckConstraint(
                name="evidence_of_an_indicator_says_its_windows",
                condition=Q(
                    kind="indicator",
                    indicator__isnull=False,
                    before_from__lte=F("before_to"),
                    before_to__lt=F("after_from"),
                    after_from__lte=F("after_to"),
                )
                | (
                    ~Q(kind="indicator")
                    & Q(indicator__isnull=True, before_from__isnull=True, after_to__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="evidence_in_a_document_leads_there", condition=~Q(kind="document") | ~Q(link="")
            ),
            *(
                first_of_month(name, name=f"evidence_{name}_is_a_month")
                for name in ("before_from", "before_to", "after_from", "after_to")
            ),
            at_most(WORDS, "shows", name="evidence_words_have_their_length"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.action}"
