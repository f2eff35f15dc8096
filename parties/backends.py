from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from parties.models import User


class PartiesBackend(ModelBackend):
    """Signs people in by password. In production a persona is nobody, even in an old session."""

    def user_can_authenticate(self, user: Any) -> bool:
        if isinstance(user, User) and user.is_persona and settings.IS_PRODUCTION:
            return False
        return super().user_can_authenticate(user)
