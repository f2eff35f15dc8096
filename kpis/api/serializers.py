"""What the API gives out, field by field. Numbers are exact decimal strings; missing ones are null, never 0."""

from __future__ import annotations

from rest_framework import serializers

from kpis.definitions.models import BandVersion, Indicator
from kpis.engine.models import IndicatorStatus


class BandSerializer(serializers.ModelSerializer):
    class Meta:
        model = BandVersion
        fields = (
            "valid_from",
            "valid_to",
            "target_operator",
            "target_value",
            "tolerance_operator",
            "tolerance_value",
            "failure_operator",
            "failure_value",
            "change_reference",
        )


class IndicatorSerializer(serializers.ModelSerializer):
    bands = BandSerializer(many=True, read_only=True)

    class Meta:
        model = Indicator
        fields = (
            "code",
            "kind",
            "title",
            "short_name",
            "theme",
            "why_it_matters",
            "numerator_words",
            "denominator_words",
            "unit",
            "polarity",
            "decimals",
            "owner_role",
            "local_aim",
            "bands",
        )


class StatusSerializer(serializers.Serializer):
    """The columns of ``manage.py statuses``, how many months an average has, and the sentence that pages show."""

    indicator = serializers.CharField()
    month = serializers.RegexField(r"^\d{4}-\d{2}$")
    numerator = serializers.CharField(allow_null=True)
    denominator = serializers.CharField(allow_null=True)
    value = serializers.CharField(allow_null=True)
    display = serializers.CharField(allow_null=True)
    status = serializers.ChoiceField(IndicatorStatus.Status.choices)
    months_off_target = serializers.IntegerField(allow_null=True)
    months_in_failure = serializers.IntegerField(allow_null=True)
    succession_certain = serializers.BooleanField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    change = serializers.CharField(allow_null=True)
    direction_of_travel = serializers.ChoiceField(IndicatorStatus.Direction.choices, allow_null=True)
    average_12 = serializers.CharField(allow_null=True)
    pooled_12 = serializers.CharField(allow_null=True)
    months_in_average = serializers.IntegerField(allow_null=True)
    target = serializers.CharField(allow_null=True)
    failure_limit = serializers.CharField(allow_null=True)
    provenance = serializers.CharField(allow_null=True)
    value_provenance = serializers.CharField(
        allow_null=True, help_text="derived where the value is worked out from two published counts"
    )
    overdue = serializers.BooleanField()
    revised_from = serializers.CharField(allow_null=True)
    provisional_until = serializers.DateField(allow_null=True)
    sentence = serializers.CharField()
