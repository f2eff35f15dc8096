"""What every page of the administration has in common: the permission, scope, and no deleting."""

from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import BadRequest
from django.db.models import DateField, Model, QuerySet
from django.forms import DateInput
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst

from parties.models import User


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows to look at, within the administrator's scope.

    Who may is decided by the permission administration.use, not by Django's permission rows. A subclass says by
    `visible_rows` which rows are in scope.
    """

    actions: Any = None
    # The browser's own calendar: Django's offers today by the real clock, also where the day stands still.
    formfield_overrides = {
        DateField: {"widget": DateInput({"type": "date", "class": "vTextField"}, format="%Y-%m-%d")}
    }
    show_full_result_count = False

    def visible_rows(self, request: HttpRequest) -> QuerySet[Any]:
        raise NotImplementedError(f"{type(self).__name__} has to say which rows are in scope.")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Headed by what it lists: "Indicators", not "Select indicator to view".

        A filter with the character NUL is refused; PostgreSQL would refuse it in the middle of the page.
        """
        if any("\0" in text for pair in request.GET.lists() for text in (pair[0], *pair[1])):
            raise BadRequest("No filter has the character NUL.")
        heading = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, heading | (extra_context or {}))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        ordering = self.get_ordering(request) or self.opts.ordering or ["pk"]
        return self.visible_rows(request).order_by(*ordering)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_administer(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return may_administer(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The audit trail is the history."""
        query = urlencode({"subject_type": self.opts.label_lower, "subject_id": object_id})
        return HttpResponseRedirect(f"{reverse('admin:audit_auditevent_changelist')}?{query}")


class AuditedAdmin(ReadOnlyAdmin):
    """Rows that an administrator may change, through the services, which write the audit entry.

    A subclass writes in `save_model`, and opens adding by `may_add`.
    """

    may_add = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_add and may_administer(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return may_administer(request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        raise NotImplementedError(f"{type(self).__name__} has to write through a service.")

    # Django's own log would say the same things twice, in rows that can be deleted.
    log_addition = log_change = log_deletions = staticmethod(lambda *args, **kwargs: None)  # type: ignore[assignment]


def administrator(request: HttpRequest) -> User:
    """Whoever writes here; Django's admin has let them in already."""
    return cast(User, request.user)


def may_administer(request: HttpRequest) -> bool:
    user = request.user
    return user.is_authenticated and user.is_active and user.is_staff
