from django.urls import URLPattern, path

from budgets.book_page.views import book
from budgets.bridge.views import bridge
from budgets.demand.views import demand
from budgets.line_page.views import line
from budgets.months import views
from budgets.overview.views import money
from budgets.reconciliation.views import reconciliation
from budgets.savings.views import read, savings, say
from budgets.scenario.views import scenario

app_name = "budgets"
PERIOD = "money/books/<slug:book_code>/<int:year>/<int:number>/"
urlpatterns: list[URLPattern] = [
    path("money/", money, name="money"),
    path("money/reconciliation/", reconciliation, name="reconciliation"),
    path("money/bridge/", bridge, name="bridge"),
    path("money/demand/", demand, name="demand"),
    path("money/savings/", savings, name="savings"),
    path("money/savings/say/", say, name="say-saving"),
    path("money/savings/read/", read, name="read-savings"),
    path("money/scenario/", scenario, name="scenario"),
    path("money/books/<slug:book_code>/", book, name="book"),
    path("money/books/<slug:book_code>/lines/<str:line_code>/", line, name="line"),
    path(PERIOD, views.period, name="period"),
    path(f"{PERIOD}enter/", views.enter, name="enter-period"),
    path(f"{PERIOD}answer/", views.answer, name="answer-lines"),
    path(f"{PERIOD}close/", views.close, name="close-period"),
]
