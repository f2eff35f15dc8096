from django.apps import AppConfig


class TrailConfig(AppConfig):
    """The audit trail of a contract, for its parties to read."""

    name = "trail"
    verbose_name = "Audit trail of a contract"
