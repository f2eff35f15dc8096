from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """What people are told, on a page and once a day by e-mail."""

    name = "notices"
    verbose_name = "Notices"
