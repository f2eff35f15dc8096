"""Every address of the program. Each has a row in the access table of the tests, or the build fails."""

from django.contrib import admin
from django.urls import include, path

from kpis.views.calendar import calendar_feed
from sandwell import health

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("admin/", admin.site.urls),
    path("api/", include("kpis.api.urls")),
    path("", include("parties.urls")),
    path("calendar/<str:secret>.ics", calendar_feed, name="calendar-feed"),
    path("contracts/<slug:contract_code>/", include("kpis.urls")),
]

handler400 = "sandwell.errors.bad_request"
handler403 = "sandwell.errors.forbidden"
handler404 = "sandwell.errors.not_found"
handler500 = "sandwell.errors.server_error"
