"""Limits of a contract's money in the administration: set with a reason, and what held before."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest

from budgets.limits.selectors import as_limits, contracts_to_set, limits_in_scope, limits_of
from budgets.limits.setting import set_limits
from budgets.models import VarianceLimits
from budgets.models.monitoring import REASON
from budgets.rules.money import for_file
from budgets.rules.variance import LIMITS, Limits, rule_words
from budgets.rules.written_money import NotAnAmount, pence_given
from core.forms import Words
from core.values.numbers import rounded, shortest
from core.values.words import says_something
from parties.admin_base import AuditedAdmin, administrator, may_administer


class Pounds(forms.CharField):
    """An amount as people write it, in pence."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return pence_given(text) if text else None
        except NotAnAmount as error:
            raise forms.ValidationError(str(error)) from None


class LimitsForm(forms.ModelForm):
    red_above = Pounds(
        label="Red above, in pounds over budget",
        max_length=40,
        help_text="Every page goes by the limits that hold, months that are closed and years before too.",
    )
    amber_above = Pounds(label="Amber above, in pounds over budget", max_length=40)
    amber_per_cent = forms.DecimalField(
        label="And above, in per cent of the budget",
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )
    reason = Words(label="Why", max_length=REASON, widget=forms.Textarea(attrs={"rows": 3}))

    class Meta:
        model = VarianceLimits
        fields = ("contract",)

    def limits(self) -> Limits:
        given = self.cleaned_data
        return Limits(given["red_above"], Fraction(given["amber_per_cent"]), given["amber_above"])

    def clean(self) -> None:
        """Django's admin saves after it has checked, so what the service would refuse is asked before."""
        super().clean()
        if self.errors:
            return
        limits = self.limits()
        if limits.amber < 0:
            self.add_error("amber_above", "Give an amount of nil or more.")
        elif not says_something(self.cleaned_data["reason"]):
            self.add_error("reason", "Say why the limits change.")
        elif limits.red < limits.amber:
            self.add_error("red_above", "Red begins at amber or above it.")
        elif limits == limits_of(self.cleaned_data["contract"]).limits:
            self.add_error(None, "These limits hold already.")


@admin.register(VarianceLimits)
class VarianceLimitsAdmin(AuditedAdmin):
    """Nothing is changed or deleted here: other limits are added, and hold from then on."""

    may_add = True
    form = LimitsForm
    list_display = ("set_at", "contract", "rule", "reason", "set_as")
    list_select_related = ("contract",)
    ordering = ("-pk",)
    fields = ("contract", "red_above", "amber_above", "amber_per_cent", "reason")

    @admin.display(description="limits")
    def rule(self, row: VarianceLimits) -> str:
        return rule_words(as_limits(row))

    def visible_rows(self, request: HttpRequest) -> QuerySet[VarianceLimits]:
        return limits_in_scope(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_administer(request) and contracts_to_set(request.user).exists()

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: VarianceLimits | None = None) -> Any:
        return self.fields if obj is None else ("contract", "rule", "reason", "set_as", "set_at")

    def get_readonly_fields(self, request: HttpRequest, obj: VarianceLimits | None = None) -> Any:
        return () if obj is None else ("contract", "rule", "reason", "set_as", "set_at")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What holds now, to be changed."""
        own = contracts_to_set(request.user).first()
        limits = limits_of(own).limits if own else LIMITS
        return {
            "contract": own.pk if own else None,
            "red_above": for_file(limits.red),
            "amber_above": for_file(limits.amber),
            "amber_per_cent": shortest(rounded(limits.amber_percent, 2)),
        }

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = contracts_to_set(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: VarianceLimits, form: Any, change: bool) -> None:
        row = set_limits(
            by=administrator(request),
            contract=obj.contract,
            limits=form.limits(),
            reason=form.cleaned_data["reason"],
        )
        obj.pk, obj.number = row.pk, row.number
        obj._state.adding = False
