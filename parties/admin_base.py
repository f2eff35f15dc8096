"""What every page of the administration has in common: the permission, scope, and no deleting."""

import re
from collections.abc import Sequence
from typing import Any, cast

from django.contrib import admin
from django.db.models import DateField, Model, QuerySet
from django.forms import DateInput
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst

from core.values.months import EARLIEST, LATEST
from parties.models import User

PARTS_OF_DAYS = {"year": (EARLIEST.year, LATEST.year), "month": (1, 12), "day": (1, 31)}


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
    # Columns that links from elsewhere filter by, besides what the page offers.
    filtered_from_elsewhere: Sequence[str] = ()

    def visible_rows(self, request: HttpRequest) -> QuerySet[Any]:
        raise NotImplementedError(f"{type(self).__name__} has to say which rows are in scope.")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Headed by what it lists: "Indicators", not "Select indicator to view"."""
        heading = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, heading | (extra_context or {}))

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Only what the page itself offers: nobody feels their way along a column that it doesn't show by filtering.

        Of the days by which it is walked through, only those that there are; Django would fail on others.
        """
        column, _, part = lookup.rpartition("__")
        if column and column == self.date_hierarchy and part in PARTS_OF_DAYS:
            least, most = PARTS_OF_DAYS[part]
            return re.fullmatch("[0-9]{1,4}", str(value)) is not None and least <= int(value) <= most
        named = (chosen[0] if isinstance(chosen, tuple) else chosen for chosen in self.list_filter)
        offered = {f"{name}{way}" for name in named for way in ("", "__exact", "__id__exact", "__isnull")}
        return lookup in offered or lookup in self.filtered_from_elsewhere

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        ordering = self.get_ordering(request) or self.opts.ordering or ["pk"]
        return self.visible_rows(request).order_by(*ordering)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row of an address; Django would look for a column without a name where `_to_field` is empty."""
        return super().get_object(request, object_id, from_field or None)

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
