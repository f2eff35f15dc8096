"""The contract's money: budget lines, actuals and forecasts. May read ``kpis``, never ``improvement``."""

from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "budgets"
    verbose_name = "Budgets"
