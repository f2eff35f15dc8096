"""The administration: people and their roles, the contract's settings, and the audit trail."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Case, CharField, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from django.http import HttpRequest

from audit.models import AuditEvent
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


# Entries whose action starts with one of these speak of people, contracts and definitions. All others may hold
# figures, or what the parties say about them.
WITHOUT_FIGURES = (
    "person.",
    "membership.",
    "organisation.",
    "contract.",
    "session.",
    "token.",
    "definitions.",
)
DRAFTS = "drafts."
WITHHELD = "Figures, and what is said about them, are not shown to administrators."


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    list_display = ["sequence", "at", "actor", "action", "words"]
    list_display_links = ["sequence", "words"]
    list_filter = ["at", "action", "contract_code"]
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

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Nobody feels their way along figures by filtering the list by what changed, or by its hash."""
        return lookup.split("__")[0] in ("at", "action", "contract_code", "subject_type", "subject_id")

    @admin.display(description="summary")
    def words(self, entry: Any) -> str:
        return entry.said or WITHHELD


def _readable(request: HttpRequest) -> Q:
    """Who may read of figures, and who of drafts, is for their role in that contract to say."""
    without_figures = Q()
    for start in WITHOUT_FIGURES:
        without_figures |= Q(action__startswith=start)
    seen, drafted = (
        Contract.objects.where_may(request.user, word).values("code")
        for word in ("indicator.view", "figure.enter")
    )
    drafts = Q(action__startswith=DRAFTS)
    return without_figures | Q(contract_code__in=seen) & ~drafts | Q(contract_code__in=drafted) & drafts


def _numbers(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows' numbers as the trail writes them."""
    return rows.order_by().annotate(number=Cast("pk", CharField())).values("number")
