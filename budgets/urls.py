from django.urls import URLPattern, path

from budgets.book_page.views import book
from budgets.bridge.views import bridge
from budgets.overview.views import money
from budgets.reconciliation.views import reconciliation
from budgets.savings.views import savings

app_name = "budgets"
urlpatterns: list[URLPattern] = [
    path("money/", money, name="money"),
    path("money/reconciliation/", reconciliation, name="reconciliation"),
    path("money/bridge/", bridge, name="bridge"),
    path("money/savings/", savings, name="savings"),
    path("money/books/<slug:book_code>/", book, name="book"),
]
