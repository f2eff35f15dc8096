"""The audit trail: who wrote what, when, in rows that the database itself refuses to change.

There are no foreign keys on purpose: an entry outlives what it speaks of.
"""

from django.db import models

from audit.chain import GENESIS


class AuditEvent(models.Model):
    sequence = models.PositiveBigIntegerField(primary_key=True, help_text="1, 2, 3, … without a gap.")
    at = models.DateTimeField("when", db_index=True)
    actor_id = models.BigIntegerField(null=True, help_text="Empty for a command or the system.")
    actor = models.CharField(max_length=150, help_text="The person's user name, or the command that wrote.")
    action = models.CharField(max_length=100, help_text="What was done, such as figure.imported.")
    subject_type = models.CharField(max_length=100, help_text="What it was done to, such as kpis.figure.")
    subject_id = models.CharField(max_length=100)
    contract_code = models.CharField("contract", max_length=50, blank=True)
    summary = models.TextField(help_text="One sentence that a person can read.")
    changes = models.JSONField(default=dict, help_text="Old and new values, as text, whole numbers, lists.")
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        verbose_name = "audit entry"
        verbose_name_plural = "audit entries"
        constraints = [
            models.CheckConstraint(condition=models.Q(sequence__gte=1), name="audit_sequence_starts_at_one"),
            models.CheckConstraint(
                condition=~models.Q(actor="") & ~models.Q(action="") & ~models.Q(summary=""),
                name="audit_entry_says_who_and_what",
            ),
        ]
        indexes = [
            # The history of one person, contract or figure.
            models.Index(fields=["subject_type", "subject_id", "sequence"], name="audit_by_subject"),
            # The trail of one contract.
            models.Index(fields=["contract_code", "sequence"], name="audit_by_contract"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence}: {self.summary}"


class AuditHead(models.Model):
    """The end of the chain: one row, locked by each writer, so that entries stand in one order, gapless."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_has_one_head")]

    def __str__(self) -> str:
        return f"the chain ends at entry {self.sequence}"
