"""The administration: people and their roles, the contract's settings, and the audit trail."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest

from audit.models import AuditEvent
from parties.access import reader_for
from parties.admin_base import AuditedAdmin, ReadOnlyAdmin, administrator, may_administer
from parties.admin_meetings import MeetingAdmin
from parties.admin_people import PersonAdmin
from parties.models import Contract, Meeting, Organisation, User
from parties.services import change_contract

admin.site.unregister(Group)  # roles are what people hold here
admin.site.register(User, PersonAdmin)
admin.site.register(Meeting, MeetingAdmin)


@admin.register(Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    list_display = ["name", "kind", "short_name", "code"]
    list_filter = ["kind"]
    search_fields = ["name", "short_name", "code"]

    def visible_rows(self, request: HttpRequest) -> QuerySet[Organisation]:
        return Organisation.objects.visible_to(request.user)


@admin.register(Contract)
class ContractAdmin(AuditedAdmin):
    list_display = ["name", "code", "commissioner", "provider", "starts_on", "years", "reporting_until"]
    list_select_related = ["commissioner", "provider"]
    search_fields = ["name", "code", "commissioner__name", "provider__name"]
    readonly_fields = ["code", "commissioner", "provider", "starts_on"]
    fieldsets = [
        (None, {"fields": ["name", "code", "commissioner", "provider"]}),
        ("Term", {"fields": ["starts_on", "years", "break_after_years", "reporting_until"]}),
        (
            "Rules of the monthly round",
            {"fields": ["figures_due_working_day", "answer_due_working_day", "grace_months"]},
        ),
    ]

    def visible_rows(self, request: HttpRequest) -> QuerySet[Contract]:
        return Contract.objects.visible_to(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators of either party look; the rule of who changes stands at change_contract."""
        if obj is None or not may_administer(request):
            return may_administer(request)
        return obj.commissioner in Organisation.objects.administered_by(request.user)

    def save_model(self, request: HttpRequest, obj: Contract, form: Any, change: bool) -> None:
        settings = {name: form.cleaned_data[name] for name in form.changed_data}
        change_contract(contract=obj, by=administrator(request), **settings)


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    list_display = ["sequence", "at", "actor", "action", "summary"]
    list_display_links = ["sequence", "summary"]
    list_filter = ["at", "action", "contract_code"]
    list_per_page = 50
    search_fields = ["actor", "action", "summary", "subject_id"]
    search_help_text = "A user name, an action such as membership.granted, or words of the entry."
    date_hierarchy = "at"
    ordering = ["-sequence"]

    def visible_rows(self, request: HttpRequest) -> QuerySet[AuditEvent]:
        """Entries about the administrator's contracts, people and organisations; and those about none."""
        people = _numbers(User.objects.visible_to(request.user))
        organisations = _numbers(Organisation.objects.visible_to(request.user))
        codes = Contract.objects.visible_to(request.user).values("code")
        of_people = Q(subject_type="parties.user")
        of_organisations = Q(subject_type="parties.organisation")
        return AuditEvent.objects.filter(
            Q(contract_code__in=codes)
            | Q(contract_code="")
            & (
                (of_people & Q(subject_id__in=people))
                | (of_organisations & Q(subject_id__in=organisations))
                | ~(of_people | of_organisations)
            )
        )

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Nobody feels their way along figures by filtering the list by what changed, or by its hash."""
        return lookup.split("__")[0] in ("at", "action", "contract_code", "subject_type", "subject_id")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = [field.name for field in AuditEvent._meta.fields]
        if obj is not None and not _may_see_changes(request, obj):
            names[names.index("changes")] = "changes_withheld"
        return names

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_fields(request, obj)

    @admin.display(description="changes")
    def changes_withheld(self, entry: AuditEvent) -> str:
        return "Figures are not shown to administrators."


def _may_see_changes(request: HttpRequest, entry: AuditEvent) -> bool:
    """An entry about figures holds them; who may see figures is for their role in that contract to say."""
    if not entry.action.startswith("figures."):
        return True
    try:
        return reader_for(administrator(request), entry.contract_code).may("indicator.view")
    except Http404:
        return False


def _numbers(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows' numbers as the trail writes them."""
    return rows.order_by().annotate(number=Cast("pk", CharField())).values("number")
