from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from core.values.months import LATEST, REACH, taken
from parties import roles
from parties.models.organisation import Organisation
from parties.models.person import Membership

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from parties.models.person import User


def memberships_in(contract: str = "") -> QuerySet[Membership]:
    """The memberships in a party to the contract of an outer row, or in a partner of it, to ask whether there are any.

    ``contract`` names the outer row's contract; empty where it is the contract itself.
    """
    way = f"{contract}__" if contract else ""
    return Membership.objects.filter(
        Q(organisation=OuterRef(f"{way}commissioner"))
        | Q(organisation=OuterRef(f"{way}provider"))
        | Q(organisation__partnerships__contract=OuterRef(contract or "pk"))
    )


class ContractQuerySet(models.QuerySet["Contract"]):
    def visible_to(self, user: User | AnonymousUser) -> ContractQuerySet:
        """The contracts in which an organisation of the person is a party or a partner; nobody sees more than that."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(Exists(memberships_in().filter(user=user)))

    def administered_by(self, user: User | AnonymousUser) -> ContractQuerySet:
        """The contracts to which an organisation is a party in which the person is an administrator."""
        own = Organisation.objects.administered_by(user)
        return self.filter(Q(commissioner__in=own) | Q(provider__in=own))

    def where_may(self, user: User | AnonymousUser, permission: str) -> ContractQuerySet:
        """The contracts in which a role of the person gives the permission, as Participant.may says it of one."""
        if not user.is_authenticated:
            return self.none()
        held = memberships_in().filter(user=user, role__in=roles.giving_roles(permission))
        return self.visible_to(user).filter(Exists(held))


class Contract(models.Model):
    """A council (the commissioner) has a trust (the provider) deliver services, from a first of a month."""

    code = models.SlugField(max_length=50, unique=True, help_text="Stands in the addresses of its pages.")
    name = models.CharField(max_length=100)
    commissioner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="commissions")
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="provisions")
    starts_on = models.DateField(help_text="The first day of a month.")
    years = models.PositiveSmallIntegerField("length in years", default=10)
    break_after_years = models.PositiveSmallIntegerField(null=True, blank=True, default=5)
    grace_months = models.PositiveSmallIntegerField(
        default=6, help_text="Months from the start in which a failure starts no plan."
    )
    figures_due_working_day = models.PositiveSmallIntegerField(
        default=10, help_text="A month's figures are due on this working day of the month after."
    )
    answer_due_working_day = models.PositiveSmallIntegerField(
        default=15, help_text="The commissioner's answer is due on this working day."
    )
    reporting_until = models.DateField(
        null=True,
        blank=True,
        help_text="First day of the last month reported; empty while it runs.",
    )

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="contract_has_names"),
            models.CheckConstraint(
                condition=~Q(commissioner=F("provider")),
                name="contract_parties_are_two",
                violation_error_message="The commissioner and the provider are two organisations.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__day=1),
                name="contract_starts_on_a_first",
                violation_error_message="A contract starts on the first day of a month.",
            ),
            models.CheckConstraint(
                condition=Q(years__gte=1),
                name="contract_lasts_a_year",
                violation_error_message="A contract lasts for at least one year.",
            ),
            models.CheckConstraint(
                condition=Q(break_after_years__isnull=True)
                | Q(break_after_years__gte=1, break_after_years__lt=F("years")),
                name="contract_break_lies_within",
                violation_error_message="The break lies after the first year and before the end.",
            ),
            models.CheckConstraint(
                condition=Q(figures_due_working_day__gte=1, answer_due_working_day__lte=20)
                & Q(figures_due_working_day__lte=F("answer_due_working_day")),
                name="contract_answer_follows_figures",
                violation_error_message="The answer is due on or after the figures, by working day 20.",
            ),
            models.CheckConstraint(
                condition=Q(reporting_until__isnull=True)
                | Q(reporting_until__day=1, reporting_until__gte=F("starts_on")),
                name="contract_reports_until_a_first",
                violation_error_message="The last month is given as its first day, after the start.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.commissioner_id and self.commissioner.kind != Organisation.Kind.COUNCIL:
            raise ValidationError(
                {"commissioner": f"The commissioner is a council; {self.commissioner} is none."}
            )
        if self.provider_id and self.provider.kind != Organisation.Kind.TRUST:
            raise ValidationError({"provider": f"The provider is a trust; {self.provider} is none."})
        if self.starts_on and not taken(self.starts_on):
            raise ValidationError({"starts_on": f"The start is out of reach: {REACH}."})
        if self.starts_on and self.years and self.starts_on.year + self.years > LATEST.year:
            raise ValidationError({"years": f"The contract would end out of reach: {REACH}."})
        if self.reporting_until and not taken(self.reporting_until):
            raise ValidationError({"reporting_until": f"The last month is out of reach: {REACH}."})


class Partnership(models.Model):
    """An organisation beside the two parties, such as the police, whose people have a part in the contract's plans."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="partnerships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="partnerships")

    class Meta:
        ordering = ["contract", "organisation"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "organisation"],
                name="partnership_is_made_once",
                violation_error_message="The organisation is a partner of this contract already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, partner of {self.contract}"

    def clean(self) -> None:
        if self.organisation_id and self.organisation.kind != Organisation.Kind.PARTNER:
            kind = self.organisation.get_kind_display().lower()
            raise ValidationError(
                {"organisation": f"{self.organisation} is a {kind}, not a partner organisation."}
            )
