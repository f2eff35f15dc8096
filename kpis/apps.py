"""Indicators, their bands, the monthly figures, and the status that follows from them."""

from django.apps import AppConfig


class KpisConfig(AppConfig):
    name = "kpis"
    verbose_name = "Indicators and figures"
