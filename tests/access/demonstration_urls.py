"""Every address that the program can have: the demonstration's door too, which other installations lack."""

from django.urls import include, path

from parties.urls import demonstration_patterns
from sandwell.urls import handler400, handler403, handler404, handler500
from sandwell.urls import urlpatterns as always

__all__ = ["handler400", "handler403", "handler404", "handler500"]
urlpatterns = [path("", include(demonstration_patterns)), *always]
