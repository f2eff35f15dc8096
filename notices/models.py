"""What a person is told, on a page and once a day by e-mail. Kinds are declared by apps (notices.kinds)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.fields import at_most
from parties.models import Contract
from parties.participants import Participant

WORDS, KIND = 500, 20


class Digest(models.Model):
    """One e-mail to one person on one day: the row is there before the mail, so no worker sends a second."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-day", "user"]
        constraints = [models.UniqueConstraint("user", "day", name="digest_once_a_day")]

    def __str__(self) -> str:
        return f"{self.user}, {self.day:%Y-%m-%d}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, participant: Participant) -> NoticeQuerySet:
        """The person's own notices about their contract."""
        if not participant.may("notice.view"):
            return self.none()
        return self.filter(contract=participant.contract, user=participant.user)


class Notice(models.Model):
    """One thing that a person is told. ``key`` names what it is about, so that it is told once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=KIND)
    key = models.CharField(max_length=80)
    words = models.CharField(max_length=WORDS)
    path = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)
    # By e-mail: false where the person had switched that kind off when it arose, or where it no longer held when the
    # e-mail went out.
    by_mail = models.BooleanField()
    digest = models.ForeignKey(Digest, on_delete=models.PROTECT, null=True, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        # The page of notices, and the worker that looks for what is not sent yet.
        indexes = [
            models.Index(fields=["user", "contract", "-at"], name="notice_of_a_person"),
            models.Index(fields=["user"], condition=Q(digest=None, by_mail=True), name="notice_to_be_sent"),
        ]
        constraints = [
            models.UniqueConstraint("user", "kind", "key", name="notice_told_once"),
            models.CheckConstraint(name="notice_is_of_a_kind", condition=~Q(kind="")),
            models.CheckConstraint(
                name="notice_sent_only_by_mail", condition=Q(digest=None) | Q(by_mail=True)
            ),
            at_most(WORDS, "words", name="notice_words_have_their_length"),
        ]

    def __str__(self) -> str:
        return self.words


class NoticeChoice(models.Model):
    """A kind of notice that a person doesn't want by e-mail; the page of notices shows it all the same."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=KIND)

    class Meta:
        ordering = ["user", "kind"]
        constraints = [models.UniqueConstraint("user", "kind", name="notice_kind_unwanted_once")]

    def __str__(self) -> str:
        return f"{self.user}: no mail when {self.kind}"
