from django.urls import URLPattern, path

import core.converters  # noqa: F401 - addresses with a month in them
from kpis.dashboard.heat_map_view import heat_map
from kpis.dashboard.views import dashboard, dashboard_csv
from kpis.how_we_measure.views import how_we_measure
from kpis.indicator_page.views import indicator, indicator_csv, indicator_values
from kpis.published.views import published_checks
from kpis.returns.spreadsheet_views import month_template_csv, month_template_xlsx, spreadsheet
from kpis.returns.views import month_return, own, return_live, returns
from kpis.review.views import accept, answer, figure_review, query, review

app_name = "kpis"
urlpatterns: list[URLPattern] = [
    path("", dashboard, name="dashboard"),
    path("dashboard.csv", dashboard_csv, name="dashboard-csv"),
    path("heat-map/", heat_map, name="heat-map"),
    path("indicators/<str:code>/", indicator, name="indicator"),
    path("indicators/<str:code>/figures.csv", indicator_csv, name="indicator-csv"),
    path("indicators/<str:code>/values.csv", indicator_values, name="indicator-values"),
    path("returns/", returns, name="returns"),
    path("returns/yours/", own, name="own"),
    path("returns/<month:month>/", month_return, name="return"),
    path("returns/<month:month>/judged/", return_live, name="return-live"),
    path("returns/<month:month>/template.xlsx", month_template_xlsx, name="template-xlsx"),
    path("returns/<month:month>/template.csv", month_template_csv, name="template-csv"),
    path("returns/<month:month>/spreadsheet/", spreadsheet, name="spreadsheet"),
    path("review/", review, name="review"),
    path("review/accept/", accept, name="accept"),
    path("review/<str:code>/", figure_review, name="figure-review"),
    path("review/<str:code>/query/", query, name="query"),
    path("review/<str:code>/answer/", answer, name="answer"),
    path("how-we-measure/", how_we_measure, name="how-we-measure"),
    path("published-checks/", published_checks, name="published-checks"),
]
