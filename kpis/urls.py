from django.urls import URLPattern, path

import sandwell.converters  # noqa: F401 - addresses with a month in them
from kpis.views.calendar import calendar, calendar_link, end_link
from kpis.views.dashboard import dashboard, dashboard_csv, reports
from kpis.views.heat_map import heat_map
from kpis.views.how_we_measure import how_we_measure
from kpis.views.indicator import indicator, indicator_csv, indicator_values
from kpis.views.notices import notices
from kpis.views.published import published_checks
from kpis.views.returns import month_return, own, return_live, returns
from kpis.views.review import accept, answer, figure_review, query, review
from kpis.views.trail import trail, trail_csv
from kpis.views.uploads import (
    month_template_csv,
    month_template_xlsx,
    spreadsheet,
    upload,
    upload_problems,
    upload_save,
    upload_withdraw,
)

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
    path("uploads/<int:upload_id>/", upload, name="upload"),
    path("uploads/<int:upload_id>/problems.csv", upload_problems, name="upload-problems"),
    path("uploads/<int:upload_id>/save/", upload_save, name="upload-save"),
    path("uploads/<int:upload_id>/withdraw/", upload_withdraw, name="upload-withdraw"),
    path("review/", review, name="review"),
    path("review/accept/", accept, name="accept"),
    path("review/<str:code>/", figure_review, name="figure-review"),
    path("review/<str:code>/query/", query, name="query"),
    path("review/<str:code>/answer/", answer, name="answer"),
    path("calendar/", calendar, name="calendar"),
    path("calendar/link/", calendar_link, name="calendar-link"),
    path("calendar/link/end/", end_link, name="calendar-link-end"),
    path("notices/", notices, name="notices"),
    path("trail/", trail, name="trail"),
    path("trail/entries.csv", trail_csv, name="trail-csv"),
    path("how-we-measure/", how_we_measure, name="how-we-measure"),
    path("published-checks/", published_checks, name="published-checks"),
    path("reports/", reports, name="reports"),
]
