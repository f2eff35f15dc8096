"""Django's admin behind our own sign-in page, for those who may use it."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from parties.gate import to_sign_in
from parties.views import sign_out


class AdministrationSite(admin.AdminSite):
    site_header = "Administration"
    site_title = "Children's services contract"
    index_title = "People, contracts, definitions and the audit trail"
    index_template = "parties/admin_index.html"
    enable_nav_sidebar = False

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Our sign-in page knows the limits; someone who is in already, and gets here, lacks the role."""
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        if request.user.is_authenticated:
            raise PermissionDenied("Your role doesn't include administration.")
        return to_sign_in(request, next=request.GET.get("next", reverse("admin:index")))

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        return sign_out(request)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(reverse("password-change"))
