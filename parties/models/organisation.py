from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from parties.roles import Role

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser


# The ways from an organisation to the memberships of people who look after it, and of those who see it.
OWN = ("memberships", "partnerships__contract__commissioner__memberships")
WAYS = (
    *OWN,
    "partnerships__contract__provider__memberships",
    "commissions__provider__memberships",
    "provisions__commissioner__memberships",
    "commissions__partnerships__organisation__memberships",
    "provisions__partnerships__organisation__memberships",
)


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> OrganisationQuerySet:
        """The person's own organisations, those on the other side of their contracts, and the partners of these."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self._reached(WAYS, user=user)

    def administered_by(self, user: AbstractBaseUser | AnonymousUser) -> OrganisationQuerySet:
        """Those in which the person is an administrator: all that they may write, whatever else they see.

        A partner has no administrators: those of the council whose contract it has a part in look after its people.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self._reached(OWN, user=user, role=Role.ADMINISTRATOR)

    def _reached(self, ways: tuple[str, ...], **membership: object) -> OrganisationQuerySet:
        """Those to which one of the ways leads from such a membership."""
        found = models.Q()
        for way in ways:
            there = {f"{way}__{name}": value for name, value in membership.items()}
            found |= models.Q(pk__in=self.model.objects.filter(**there).values("pk"))
        return self.filter(found)


class Organisation(models.Model):
    class Kind(models.TextChoices):
        COUNCIL = "council", "Council"
        TRUST = "trust", "Trust"
        PARTNER = "partner", "Partner organisation"

    kind = models.CharField(max_length=10, choices=Kind, help_text="Never changes: roles rest on it.")
    name = models.CharField(max_length=100, unique=True)
    short_name = models.CharField(max_length=40, help_text="As headings and buttons say it.")
    code = models.SlugField(max_length=50, unique=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["council", "trust", "partner"]),
                name="organisation_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(short_name="") & ~models.Q(code=""),
                name="organisation_has_names",
            ),
        ]

    def __str__(self) -> str:
        return self.name
