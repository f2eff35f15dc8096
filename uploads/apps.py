from django.apps import AppConfig


class UploadsConfig(AppConfig):
    """Files that are handed in: read in the background, previewed, then committed or withdrawn."""

    name = "uploads"
    verbose_name = "Files handed in"
