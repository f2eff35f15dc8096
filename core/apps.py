from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The floor that every app stands on; it knows nothing of indicators, plans or money."""

    name = "core"
    verbose_name = "Floor"
