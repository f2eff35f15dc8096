from django.urls import URLPattern, path

from trail.views import trail, trail_csv

app_name = "trail"
urlpatterns: list[URLPattern] = [
    path("trail/", trail, name="trail"),
    path("trail/entries.csv", trail_csv, name="trail-csv"),
]
