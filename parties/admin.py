"""The administration: people and their roles, and the contract's settings."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest

from parties.admin_base import AuditedAdmin, ReadOnlyAdmin, administrator, may_administer
from parties.admin_people import PersonAdmin
from parties.models import Contract, Organisation, User
from parties.services import change_contract

admin.site.unregister(Group)  # roles are what people hold here
admin.site.register(User, PersonAdmin)


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
