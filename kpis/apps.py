from django.apps import AppConfig


class KpisConfig(AppConfig):
    """Indicators, their bands, the monthly figures, and the status that follows from them."""

    name = "kpis"
    verbose_name = "Indicators and figures"

    def ready(self) -> None:
        from kpis.engine.waking import terms_changed, wake
        from kpis.versions.services import moved_on
        from parties.services.contracts import contract_changed

        contract_changed.connect(terms_changed)
        moved_on.connect(wake)
