from django.urls import URLPattern, path

from kpis.views.dashboard import dashboard, dashboard_csv, reports
from kpis.views.heat_map import heat_map

app_name = "kpis"
urlpatterns: list[URLPattern] = [
    path("", dashboard, name="dashboard"),
    path("dashboard.csv", dashboard_csv, name="dashboard-csv"),
    path("heat-map/", heat_map, name="heat-map"),
    path("reports/", reports, name="reports"),
]
