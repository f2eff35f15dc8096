"""Indicators, their bands, the monthly figures, and the status that follows from them."""

from django.apps import AppConfig


class KpisConfig(AppConfig):
    name = "kpis"
    verbose_name = "Indicators and figures"

    def ready(self) -> None:
        from kpis.services.versions import terms_changed
        from parties.services.contracts import contract_changed

        contract_changed.connect(terms_changed)
