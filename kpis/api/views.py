"""Reading for programs: the same rows, scope and words as the pages. Nothing is written here."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from core import clock
from core.values.months import Month
from kpis.api.serializers import IndicatorSerializer, StatusSerializer
from kpis.definitions.models import Indicator
from kpis.definitions.selectors import indicators_with_bands
from kpis.engine.as_at import fresh_on, month_known
from kpis.engine.export import status_record
from kpis.engine.selectors import Freshness
from kpis.engine.waking import caught_up
from kpis.months.asking import NoSuchDay, asked_day
from kpis.sentences import reading_sentence
from parties.participants import Participant, participant_for


class ContractView(ListAPIView):
    """A list that belongs to one contract; ``permission`` is what it takes to see it."""

    permission = ""

    def participant(self) -> Participant:
        """The person on this contract: 404 out of scope, 403 without the permission."""
        participant = participant_for(self.request.user, self.kwargs["contract_code"])
        if not participant.may(self.permission):
            raise PermissionDenied(f"The role {participant.role_label.lower()} does not open this.")
        return participant


class IndicatorList(ContractView):
    """Definitions of a contract's indicators and supporting measures, with their band versions."""

    permission = "definition.view"
    serializer_class = IndicatorSerializer

    def get_queryset(self) -> QuerySet[Indicator]:
        return indicators_with_bands(self.participant())


class StatusList(ContractView):
    """One month's statuses of a contract, in contract order."""

    permission = "indicator.view"
    serializer_class = StatusSerializer

    @extend_schema(
        parameters=[
            OpenApiParameter("month", str, description="YYYY-MM; the latest reported otherwise"),
            OpenApiParameter("known", str, description="YYYY-MM-DD: as known at the end of that day"),
        ]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        participant = self.participant()
        today = clock.today()
        fresh = self._fresh(request, participant, today)
        month = self._month(request, fresh)
        then = fresh.known or today
        rows = month_known(participant, fresh, month)
        if not rows:
            raise NotFound(f"There are no statuses of {month.label}{_months_words(fresh)}.")
        records = [
            status_record(reading, then) | {"sentence": reading_sentence(reading, then)}
            for _, reading in rows
        ]
        page = self.paginate_queryset(records)
        return self.get_paginated_response(StatusSerializer(page, many=True).data)

    def _fresh(self, request: Request, participant: Participant, today: date) -> Freshness:
        fresh = caught_up(participant)
        if fresh.first is None:
            return fresh
        try:
            day = asked_day(request.query_params, fresh, today)
        except NoSuchDay as refused:
            raise ValidationError({"known": [refused.words]}) from refused
        return fresh_on(participant, fresh, day, find_latest=True) if day else fresh

    def _month(self, request: Request, fresh: Freshness) -> Month:
        text = request.query_params.get("month")
        if text is None:
            latest = fresh.latest_reported
            if latest is None:
                raise Http404("Nothing has been reported yet.")
            return latest
        try:
            return Month.parse(text)
        except ValueError as error:
            raise ValidationError({"month": [str(error)]}) from error


def _months_words(fresh: Freshness) -> str:
    """Which months there are, to stand behind one that there is not."""
    return f"; they run from {fresh.first.label} to {fresh.last.label}" if fresh.first and fresh.last else ""
