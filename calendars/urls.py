from django.urls import URLPattern, path

from calendars.views import calendar, calendar_link, end_link

app_name = "calendars"
urlpatterns: list[URLPattern] = [
    path("calendar/", calendar, name="calendar"),
    path("calendar/link/", calendar_link, name="calendar-link"),
    path("calendar/link/end/", end_link, name="calendar-link-end"),
]
