"""The addresses as the demonstration has them."""

from django.urls import include, path

from parties.urls import demonstration_patterns

urlpatterns = [*demonstration_patterns, path("", include("sandwell.urls"))]
handler404 = "sandwell.errors.not_found"
