"""Programs prove with a token in whose name they read."""

from typing import Any

from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from knox.auth import TokenAuthentication as KnoxTokenAuthentication
from rest_framework.exceptions import AuthenticationFailed


class TokenAuthentication(KnoxTokenAuthentication):
    """Knox's, which would answer a token that isn't text, or that no database can keep, with an error of the server."""

    def authenticate_credentials(self, token: bytes) -> tuple[Any, Any]:
        if not token.isalnum():  # of bytes: ASCII letters and digits
            raise AuthenticationFailed("Invalid token.")
        user, stored = super().authenticate_credentials(token)
        return user, stored


class TokenScheme(KnoxTokenScheme):
    """How the API's description names these tokens; found by being defined."""

    target_class = "parties.authentication.TokenAuthentication"
