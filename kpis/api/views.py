"""Reading for programs: the same rows, scope and words as the pages. Nothing is written here."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from kpis.api.serializers import IndicatorSerializer, StatusSerializer
from kpis.export import status_record
from kpis.forms.filters import NoSuchDay, asked_day
from kpis.known import fresh_on, month_known
from kpis.models import Indicator
from kpis.selectors.indicators import indicators_with_bands
from kpis.selectors.statuses import Freshness
from kpis.sentences import reading_sentence
from kpis.services.versions import caught_up
from parties.access import Reader, reader_for
from sandwell.periods import Month


class ContractView(ListAPIView):
    """A list that belongs to one contract; ``word`` is the permission it takes."""

    word = ""

    def reader(self) -> Reader:
        """The person on this contract: 404 out of scope, 403 without the permission."""
        reader = reader_for(self.request.user, self.kwargs["contract_code"], "figures_version")
        if not reader.may(self.word):
            raise PermissionDenied(f"The role {reader.role_label.lower()} does not open this.")
        return reader


class IndicatorList(ContractView):
    """Definitions of a contract's indicators and supporting measures, with their band versions."""

    word = "definition.view"
    serializer_class = IndicatorSerializer

    def get_queryset(self) -> QuerySet[Indicator]:
        return indicators_with_bands(self.reader())


class StatusList(ContractView):
    """One month's statuses of a contract, in contract order."""

    word = "indicator.view"
    serializer_class = StatusSerializer

    @extend_schema(
        parameters=[
            OpenApiParameter("month", str, description="YYYY-MM; the latest reported otherwise"),
            OpenApiParameter("known", str, description="YYYY-MM-DD: as known at the end of that day"),
        ]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        reader = self.reader()
        today = timezone.localdate()
        fresh = self._fresh(request, reader, today)
        month = self._month(request, fresh)
        then = fresh.known or today
        rows = month_known(reader, fresh, month)
        if not rows:
            raise NotFound(f"There are no statuses of {month.label}{_months_words(fresh)}.")
        records = [
            status_record(reading, then) | {"sentence": reading_sentence(reading, then)}
            for _, reading in rows
        ]
        page = self.paginate_queryset(records)
        return self.get_paginated_response(StatusSerializer(page, many=True).data)

    def _fresh(self, request: Request, reader: Reader, today: date) -> Freshness:
        fresh = caught_up(reader)
        if fresh.first is None:
            return fresh
        try:
            day = asked_day(request.query_params, fresh, today)
        except NoSuchDay as refused:
            raise ValidationError({"known": [refused.words]}) from refused
        return fresh_on(reader, fresh, day, find_latest=True) if day else fresh

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
