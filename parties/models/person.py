from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower

from core import clock
from core.values.words import listed
from parties import roles
from parties.models.organisation import Organisation
from parties.roles import ROLE_KINDS, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: User | AnonymousUser) -> UserQuerySet:
        """The people of the organisations that the person sees; who has no role counts with their home."""
        organisations = Organisation.objects.visible_to(user)
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(
            models.Q(memberships__organisation__in=organisations)
            | models.Q(memberships__isnull=True, home__in=organisations)
        ).distinct()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username__iexact=username)

    def create_superuser(self, *arguments: Any, **fields: Any) -> User:
        raise RuntimeError("Nobody is above the roles here. Run: manage.py create_administrator USERNAME")


class User(AbstractBaseUser):
    """A person who can sign in. What they may do follows from their memberships: there are no superusers."""

    username = models.CharField(
        "user name",
        max_length=150,
        unique=True,
        validators=[ASCIIUsernameValidator()],
        error_messages={"unique": "This user name is taken. Choose another."},
        help_text="Letters, digits and @ . + - _ only. It can't be changed later.",
    )
    email = models.EmailField(blank=True)
    first_name = models.CharField(max_length=150, blank=True)
    last_name = models.CharField(max_length=150, blank=True)
    is_active = models.BooleanField(
        "can sign in",
        default=True,
        help_text="People are deactivated, never deleted.",
    )
    is_persona = models.BooleanField(
        "demonstration persona",
        default=False,
        editable=False,
        help_text="Has no password.",
    )
    home = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="organisation",
        help_text="Its administrators look after the person while they hold no role.",
    )
    date_joined = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["username"]
        verbose_name = "person"
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="username_is_unique_in_any_case",
                violation_error_message="This user name is taken. Choose another.",
            ),
            models.CheckConstraint(condition=~models.Q(username=""), name="person_has_a_username"),
            models.CheckConstraint(
                condition=models.Q(is_persona=False) | models.Q(password__startswith="!"),  # noqa: S106 - the mark of none
                name="persona_has_no_password",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.username

    @cached_property
    def is_staff(self) -> bool:
        """Whether a role of the person lets them into Django's admin, which asks this in each request."""
        held = self.memberships.values_list("role", flat=True)
        return self.is_active and roles.may(held, "administration.use")

    def has_perm(self, permission: str, row: Any = None) -> bool:
        """Django's own permission rows give nothing here: roles do (parties.roles)."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Membership(models.Model):
    """One person's role in one organisation."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)

    class Meta:
        ordering = ["organisation__name", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                name="membership_is_held_once",
                violation_error_message="The person holds this role there already.",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=sorted(ROLE_KINDS)), name="membership_has_a_known_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation}"

    def clean(self) -> None:
        kinds = ROLE_KINDS.get(self.role)
        if self.organisation_id and kinds and self.organisation.kind not in kinds:
            where = listed([Organisation.Kind(kind).label.lower() for kind in kinds], "or")
            words = f"{self.get_role_display()} is a role in a {where}, not in {self.organisation}."
            raise ValidationError({"role": words})
