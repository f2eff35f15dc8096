from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from parties.roles import Role

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> OrganisationQuerySet:
        """The person's own organisations, and those on the other side of their contracts."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        own = models.Q(memberships__user=user)
        opposite = models.Q(commissions__provider__memberships__user=user)
        opposite |= models.Q(provisions__commissioner__memberships__user=user)
        return self.filter(own | opposite).distinct()

    def administered_by(self, user: AbstractBaseUser | AnonymousUser) -> OrganisationQuerySet:
        """Those in which the person is an administrator: all that they may write, whatever else they see."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(memberships__user=user, memberships__role=Role.ADMINISTRATOR)


class Organisation(models.Model):
    class Kind(models.TextChoices):
        COUNCIL = "council", "Council"
        TRUST = "trust", "Trust"

    kind = models.CharField(max_length=10, choices=Kind, help_text="Never changes: roles rest on it.")
    name = models.CharField(max_length=100, unique=True)
    short_name = models.CharField(max_length=40, help_text="As headings and buttons say it.")
    code = models.SlugField(max_length=50, unique=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["council", "trust"]), name="organisation_is_a_council_or_a_trust"
            ),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(short_name="") & ~models.Q(code=""),
                name="organisation_has_names",
            ),
        ]

    def __str__(self) -> str:
        return self.name
