"""Meetings of the boards in the administration: added, moved and cancelled by administrators of either party."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from calendars.models import Meeting
from calendars.services import MEETING_FIELDS, add_meeting, cancel_meeting, change_meeting
from calendars.words import meeting_hour
from parties.admin_base import AuditedAdmin, administrator, may_administer
from parties.models import Contract


@admin.register(Meeting)
class MeetingAdmin(AuditedAdmin):
    """Only here is there deleting: it cancels the meeting, after a page that asks; the trail keeps what it was."""

    may_add = True
    list_display = ["day", "hours", "board", "place", "contract"]
    list_display_links = ["day", "board"]
    list_filter = ["board"]
    list_select_related = ["contract"]
    date_hierarchy = "day"
    ordering = ["-day", "starts_at"]
    search_fields = ["place", "note"]
    search_help_text = "A place, or words of the note."
    fields = ["contract", *MEETING_FIELDS]

    @admin.display(ordering="starts_at")
    def hours(self, meeting: Meeting) -> str:
        return meeting_hour(meeting)

    def visible_rows(self, request: HttpRequest) -> QuerySet[Meeting]:
        return Meeting.objects.visible_to(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A contract that one sees without administering a party to it is to look at; parties.services agrees."""
        if not isinstance(obj, Meeting) or not may_administer(request):
            return may_administer(request)
        return obj.contract in Contract.objects.administered_by(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return obj is not None and self.has_change_permission(request, obj)

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        own = Contract.objects.administered_by(request.user)
        kwargs["queryset"] = own
        if len(own) == 1:
            kwargs["initial"] = own[0].pk
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(
        self, request: HttpRequest, obj: Meeting | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The contract never changes, but stands in the form, which then sees a board's second meeting on a day."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if change and "contract" in form.base_fields:
            form.base_fields["contract"].disabled = True
        return form

    def save_model(self, request: HttpRequest, obj: Meeting, form: Any, change: bool) -> None:
        said = {field: form.cleaned_data[field] for field in MEETING_FIELDS}
        if change:
            change_meeting(meeting=obj, by=administrator(request), **said)
            return
        added = add_meeting(contract=obj.contract, by=administrator(request), **said)
        obj.pk = added.pk
        obj._state.adding = False

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        messages.success(request, f"The meeting {obj_display} is cancelled.")
        return HttpResponseRedirect(reverse("admin:calendars_meeting_changelist"))

    def delete_model(self, request: HttpRequest, obj: Meeting) -> None:
        cancel_meeting(meeting=obj, by=administrator(request))
