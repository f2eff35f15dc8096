"""The feed stands below no contract: its secret says whose it is."""

from django.urls import URLPattern, path

from calendars.views import calendar_feed

urlpatterns: list[URLPattern] = [path("calendar/<str:secret>.ics", calendar_feed, name="calendar-feed")]
