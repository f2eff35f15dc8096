"""Every address of the program. Each has a row in the access table of the tests, or the build fails."""

from django.contrib import admin
from django.urls import include, path

from core.declarations import declared
from core.pages import Addresses
from sandwell import health

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("admin/", admin.site.urls),
    *(
        path(addresses.prefix, include(addresses.module))
        for addresses in declared(Addresses)
        if not addresses.of_contract
    ),
    *(
        path("contracts/<slug:contract_code>/", include(addresses.module))
        for addresses in declared(Addresses)
        if addresses.of_contract
    ),
]

handler400 = "sandwell.errors.bad_request"
handler403 = "sandwell.errors.forbidden"
handler404 = "sandwell.errors.not_found"
handler500 = "sandwell.errors.server_error"
