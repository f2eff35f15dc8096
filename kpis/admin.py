"""Definitions, runs and versions, to look at. Definitions change by their reviewed files and ``load_contract`` only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from kpis.definitions.models import BandVersion, Indicator
from kpis.engine.administration import indicators_in_scope, runs_in_scope
from kpis.engine.models import RecomputeRun
from parties.admin_base import ReadOnlyAdmin


class BandInline(admin.TabularInline):
    model = BandVersion
    extra = 0
    can_delete = False
    fields = ("valid_from", "valid_to", "target_text", "tolerance_text", "failure_text", "change_reference")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


@admin.register(Indicator)
class IndicatorAdmin(ReadOnlyAdmin):
    list_display = ("code", "short_name", "kind", "theme", "unit", "polarity", "owner_role", "next_review")
    list_display_links = ("code", "short_name")
    list_filter = ("kind", "theme", "unit")
    search_fields = ("code", "short_name", "title", "owner_role")
    ordering = ("contract", "position")
    inlines = (BandInline,)

    def view_on_site(self, obj: Indicator) -> str:
        """Its definition: the indicator's own page shows figures, which no administrator sees."""
        return f"{reverse('kpis:how-we-measure', args=[obj.contract.code])}#{obj.code.lower()}"

    def visible_rows(self, request: HttpRequest) -> QuerySet[Any]:
        return indicators_in_scope(request.user)


@admin.register(RecomputeRun)
class RecomputeRunAdmin(ReadOnlyAdmin):
    list_display = ("started_at", "contract", "trigger", "ended_at", "computed", "changed", "went_well")
    list_filter = ("trigger",)
    date_hierarchy = "started_at"
    ordering = ("-pk",)

    @admin.display(boolean=True, description="went well")
    def went_well(self, run: RecomputeRun) -> bool:
        return not run.error

    def visible_rows(self, request: HttpRequest) -> QuerySet[Any]:
        return runs_in_scope(request.user)
