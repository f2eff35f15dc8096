"""The improvement plan: priorities, recommendations and actions in two phases. May read ``kpis``, never ``budgets``."""

from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    name = "improvement"
    verbose_name = "Improvement plan"
