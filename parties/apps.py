from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class PartiesConfig(AppConfig):
    name = "parties"
    verbose_name = "People and contracts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from parties import checks  # noqa: F401  (registers itself)
        from parties.sessions import start_clocks

        user_logged_in.connect(start_clocks)
