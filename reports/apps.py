from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """What was issued to the boards, and what members open."""

    name = "reports"
    verbose_name = "Reports"
