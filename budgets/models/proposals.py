"""A change of a book's budget that one party proposes and the other answers; what both agreed becomes a version."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from budgets.models.book import WORDS, Book, Line, a_financial_year
from core import clock
from core.fields import NAME, at_most
from parties.participants import COMMISSIONER, PROVIDER, Participant


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, participant: Participant) -> ProposalQuerySet:
        """Those of the books of the person's contract."""
        if not participant.may("money.view"):
            return self.none()
        return self.filter(book__contract=participant.contract)


class Proposal(models.Model):
    """What a party wants a book's year to be, and why. Nothing of it holds before the other one agreed."""

    class Kind(models.TextChoices):
        VIREMENT = "virement", "Virement"
        GROWTH = "growth", "Growth"
        SAVINGS = "savings", "Savings"

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="proposals")
    number = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.CharField(max_length=WORDS)
    day = models.DateField()
    party = models.CharField(max_length=12)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_as = models.CharField(max_length=NAME)
    proposed_at = models.DateTimeField(default=clock.now)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["book_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="proposal_has_its_own_number"),
            models.CheckConstraint(
                condition=Q(kind__in=["virement", "growth", "savings"]), name="proposal_is_of_a_known_kind"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="proposal_says_why"),
            models.CheckConstraint(
                condition=Q(party__in=[COMMISSIONER, PROVIDER]), name="proposal_is_a_partys"
            ),
            at_most(WORDS, "words", name="proposal_words_have_their_length"),
            a_financial_year("year", name="proposal_is_of_a_financial_year"),
        ]

    def __str__(self) -> str:
        return f"Change {self.number}"


class ProposedAmount(models.Model):
    """A line's budget of the proposal's year, in pence: as it was when it was proposed, and as it is to be."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="amounts")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="proposed")
    before = models.BigIntegerField(null=True, blank=True)
    after = models.BigIntegerField()

    class Meta:
        ordering = ["proposal_id", "line_id"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "line"], name="line_is_proposed_once"),
            models.CheckConstraint(
                condition=Q(before__isnull=True) | ~Q(before=F("after")), name="proposal_changes_the_line"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.line_id}"


class ProposalAnswer(models.Model):
    """What became of a proposal: agreed or declined by the other party, or withdrawn by its own. There is one."""

    class Kind(models.TextChoices):
        AGREED = "agreed", "Agreed"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="answer")
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.CharField(max_length=WORDS, blank=True)
    day = models.DateField()
    party = models.CharField(max_length=12)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_as = models.CharField(max_length=NAME)
    taken_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["agreed", "declined", "withdrawn"]),
                name="proposal_answer_is_of_a_known_kind",
            ),
            models.CheckConstraint(condition=~Q(kind="declined", words=""), name="who_declines_says_why"),
            models.CheckConstraint(
                condition=Q(party__in=[COMMISSIONER, PROVIDER]), name="proposal_answer_is_a_partys"
            ),
            at_most(WORDS, "words", name="proposal_answer_words_have_their_length"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.kind}"
