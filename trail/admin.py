"""The audit trail in the administration: what concerns the administrator's own contracts, people and organisations."""

from typing import Any

from django.contrib import admin
from django.db.models import Case, CharField, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from django.http import HttpRequest

from audit.entries import Entries
from audit.models import AuditEvent
from core.declarations import declared
from parties.admin_base import ReadOnlyAdmin
from parties.models import Contract, Organisation, User
from trail.selectors import declared_with

WITHHELD = "Figures, and what is said about them, are not shown to administrators."


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    list_display = ["sequence", "at", "actor", "action", "words"]
    list_display_links = ["sequence", "words"]
    list_filter = ["action", "contract_code"]
    filtered_from_elsewhere = ["subject_type", "subject_id"]
    list_per_page = 50
    search_fields = ["actor", "action", "said", "subject_id"]
    search_help_text = "A user name, an action such as membership.granted, or words of the entry."
    date_hierarchy = "at"
    ordering = ["-sequence"]

    def visible_rows(self, request: HttpRequest) -> QuerySet[AuditEvent]:
        """Entries about the administrator's contracts, people and organisations; and those about none.

        `said` is the summary where they may read it, else empty: the list, the search and the page go by it.
        """
        people = _numbers(User.objects.visible_to(request.user))
        organisations = _numbers(Organisation.objects.visible_to(request.user))
        codes = Contract.objects.visible_to(request.user).values("code")
        of_people = Q(subject_type="parties.user")
        of_organisations = Q(subject_type="parties.organisation")
        in_scope = AuditEvent.objects.filter(
            Q(contract_code__in=codes)
            | Q(contract_code="")
            & (
                (of_people & Q(subject_id__in=people))
                | (of_organisations & Q(subject_id__in=organisations))
                | ~(of_people | of_organisations)
            )
        )
        return in_scope.annotate(
            said=Case(
                When(_readable(request), then=F("summary")), default=Value(""), output_field=TextField()
            )
        )

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The entry as this administrator may read it; it is only looked at, never saved."""
        entry = super().get_object(request, object_id, from_field)
        if entry is not None and not entry.said:
            entry.summary, entry.changes = WITHHELD, None
        return entry

    @admin.display(description="summary")
    def words(self, entry: Any) -> str:
        return entry.said or WITHHELD


def _readable(request: HttpRequest) -> Q:
    """Which words they may read: those without figures, and others where their role in the contract says so."""
    readable = declared_with("")
    for permission in {entries.permission for entries in declared(Entries)} - {"", None}:
        seen = Contract.objects.where_may(request.user, permission).values("code")
        readable |= declared_with(permission) & Q(contract_code__in=seen)
    return readable


def _numbers(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows' numbers as the trail writes them."""
    return rows.order_by().annotate(number=Cast("pk", CharField())).values("number")
