from django.db import models

from parties.models.person import User


class WaitingTyping(models.Model):
    """What somebody typed and couldn't send, because another signed in first. It waits for a day at most."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    address = models.TextField(help_text="What it was to be sent to.")
    sealed = models.TextField(help_text="The fields as they were sent, signed.")
    until = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "waiting typings"

    def __str__(self) -> str:
        return f"For {self.person} until {self.until:%Y-%m-%d %H:%M}"
