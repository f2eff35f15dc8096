from django.urls import URLPattern, path

from notices.views import notices

app_name = "notices"
urlpatterns: list[URLPattern] = [path("notices/", notices, name="notices")]
