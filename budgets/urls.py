from django.urls import URLPattern, path

from budgets.book_page.views import book
from budgets.bridge.views import bridge
from budgets.demand.views import demand
from budgets.forecast_path.views import forecasts
from budgets.imports.views import book_file, month_file, spreadsheet, year_file
from budgets.line_page.views import basis, line, profile
from budgets.months import views, whole_views
from budgets.overview.views import money
from budgets.reconciliation.views import reconciliation
from budgets.savings.views import read, savings, say
from budgets.scenario.views import scenario
from budgets.versions.views import answer_change, change, propose_change, versions

app_name = "budgets"
PERIOD = "money/books/<slug:book_code>/<int:year>/<int:number>/"
VERSIONS = "money/books/<slug:book_code>/versions/"
urlpatterns: list[URLPattern] = [
    path("money/", money, name="money"),
    path("money/reconciliation/", reconciliation, name="reconciliation"),
    path("money/bridge/", bridge, name="bridge"),
    path("money/forecasts/", forecasts, name="forecasts"),
    path("money/demand/", demand, name="demand"),
    path("money/savings/", savings, name="savings"),
    path("money/savings/say/", say, name="say-saving"),
    path("money/savings/read/", read, name="read-savings"),
    path("money/scenario/", scenario, name="scenario"),
    path("money/books/<slug:book_code>/", book, name="book"),
    path("money/books/<slug:book_code>/lines/<str:line_code>/", line, name="line"),
    path(VERSIONS, versions, name="versions"),
    path(f"{VERSIONS}propose/<int:year>/", propose_change, name="propose-change"),
    path(f"{VERSIONS}<int:number>/", change, name="change"),
    path(f"{VERSIONS}<int:number>/answer/", answer_change, name="answer-change"),
    path("money/books/<slug:book_code>/lines/<str:line_code>/profile/", profile, name="set-profile"),
    path("money/books/<slug:book_code>/lines/<str:line_code>/basis/", basis, name="enter-basis"),
    path("money/books/<slug:book_code>/spreadsheet/", spreadsheet, name="months-spreadsheet"),
    path("money/books/<slug:book_code>/book.csv", book_file, {"kind": "csv"}, name="book-csv"),
    path("money/books/<slug:book_code>/book.xlsx", book_file, {"kind": "xlsx"}, name="book-xlsx"),
    path("money/books/<slug:book_code>/<int:year>/year.csv", year_file, {"kind": "csv"}, name="year-csv"),
    path("money/books/<slug:book_code>/<int:year>/year.xlsx", year_file, {"kind": "xlsx"}, name="year-xlsx"),
    path(f"{PERIOD}month.csv", month_file, {"kind": "csv"}, name="month-csv"),
    path(f"{PERIOD}month.xlsx", month_file, {"kind": "xlsx"}, name="month-xlsx"),
    path(PERIOD, views.period, name="period"),
    path(f"{PERIOD}enter/", views.enter, name="enter-period"),
    path(f"{PERIOD}answer/", views.answer, name="answer-lines"),
    path(f"{PERIOD}close/", views.close, name="close-period"),
    path(f"{PERIOD}submit/", whole_views.submit, name="submit-drafts"),
    path(f"{PERIOD}accept/", whole_views.accept, name="accept-lines"),
]
