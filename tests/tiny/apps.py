from django.apps import AppConfig


class TinyConfig(AppConfig):
    """An app that nobody else has heard of: a garden, to try that it needs no line of theirs."""

    name = "tests.tiny"
    label = "tiny"
