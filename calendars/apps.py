from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    """When the boards meet, and what falls due in any app."""

    name = "calendars"
    verbose_name = "Calendar"

    def ready(self) -> None:
        from calendars.services import delete_calendar_link
        from parties.services.people import shut_out

        shut_out.connect(delete_calendar_link)
