"""Reading for programs: the same rows, scope and words as the pages. Nothing is written here."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.generics import ListAPIView
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core import clock
from core.values.months import Month
from kpis.api.parameters import KNOWN, MONTH, PAGING, Parameter, choice, read_all
from kpis.api.serializers import IndicatorSerializer, StatusSerializer
from kpis.definitions.models import Indicator
from kpis.definitions.selectors import indicators_with_bands
from kpis.engine.as_at import fresh_on, month_known
from kpis.engine.export import status_record
from kpis.engine.selectors import Freshness
from kpis.engine.waking import caught_up
from kpis.months.asking import NoSuchDay, day_on_offer
from kpis.sentences import reading_sentence
from parties.participants import Participant, participant_for


class StrictView(APIView):
    """Takes the ``parameters`` that it declares, finds their values in ``asked``, and refuses everything else.

    Who may come in at all is decided before.
    """

    parameters: tuple[Parameter, ...] = ()
    asked: dict[str, Any]
    judges_its_address = True

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """A format that there is not is refused by its name, like any other value, once it is known who asks."""
        try:
            return super().perform_content_negotiation(request, force)
        except Http404:
            return super().perform_content_negotiation(request, force=True)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.asked = read_all(request.query_params, self.parameters)


class Description(StrictView, SpectacularAPIView):
    """The API in OpenAPI, as YAML or JSON."""

    parameters = (
        choice(
            "format",
            "The kind of file, where the header Accept doesn't say it",
            sorted({renderer.format for renderer in SpectacularAPIView.renderer_classes}),
        ),
    )

    def handle_exception(self, exc: Exception) -> Response:
        """What is refused is said in JSON, as everywhere else."""
        self.request.accepted_renderer = JSONRenderer()
        self.request.accepted_media_type = JSONRenderer.media_type
        return super().handle_exception(exc)


@extend_schema(exclude=True)
class NothingHere(APIView):
    """Addresses below the API's at which nothing is: programs are told so as they are told everything else."""

    judges_its_address = True

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        raise NotFound("There is nothing at this address. /api/schema/ says what there is.")


class ContractView(StrictView, ListAPIView):
    """A list that belongs to one contract; ``permission`` is what it takes to see it."""

    permission = ""
    parameters: tuple[Parameter, ...] = PAGING

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
    parameters = (MONTH, KNOWN, *PAGING)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        participant = self.participant()
        today = clock.today()
        fresh = self._fresh(participant, today)
        month = self._month(fresh)
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

    def _fresh(self, participant: Participant, today: date) -> Freshness:
        """The months on offer now, or on the day that is asked for."""
        fresh, day = caught_up(participant), self.asked.get(KNOWN.name)
        if day is None or fresh.first is None:
            return fresh
        try:
            return fresh_on(participant, fresh, day_on_offer(day, fresh, today), find_latest=True)
        except NoSuchDay as refused:
            raise NotFound(refused.words) from refused

    def _month(self, fresh: Freshness) -> Month:
        month: Month | None = self.asked.get(MONTH.name, fresh.latest_reported)
        if month is None:
            raise Http404("Nothing has been reported yet.")
        return month


def _months_words(fresh: Freshness) -> str:
    """Which months there are, to stand behind one that there is not."""
    return f"; they run from {fresh.first.label} to {fresh.last.label}" if fresh.first and fresh.last else ""
