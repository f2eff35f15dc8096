from django.db import models


class SignInTries(models.Model):
    """How often someone tried to sign in of late, for one address, or one user name from one address."""

    key = models.CharField(
        max_length=64, primary_key=True, help_text="A keyed hash, so that no name or address is kept."
    )
    opened_at = models.DateTimeField(db_index=True, help_text="The window runs from the first try.")
    tries = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "sign-in tries"

    def __str__(self) -> str:
        return f"{self.tries} tries since {self.opened_at:%H:%M}"
