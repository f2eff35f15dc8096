from django.urls import URLPattern, path

from reports.views import reports

app_name = "reports"
urlpatterns: list[URLPattern] = [path("reports/", reports, name="reports")]
