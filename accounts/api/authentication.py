"""Who calls the API: a client by its token, or a signed-in person by the session of the pages."""

from hashlib import sha256
from typing import Any

from django.contrib.auth.models import AnonymousUser
from oauth2_provider.models import get_access_token_model
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

SCHEME = "Bearer "


class ClientAuthentication(BaseAuthentication):
    """A bearer token of client credentials. The client row is read on every call, so that stopping it bites at once."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """Return nobody and the token; this will refuse a wrong token instead of treating its bearer as a stranger.

        :raises AuthenticationFailed: for a token that is unknown, expired, or of a stopped client.
        """
        header = request.headers.get("Authorization", "")
        if not header.startswith(SCHEME):
            return None
        checksum = sha256(header.removeprefix(SCHEME).strip().encode()).hexdigest()
        tokens = get_access_token_model().objects.select_related("application__department")
        token = tokens.filter(token_checksum=checksum).first()
        if token is None or token.is_expired() or token.application is None or not token.application.is_enabled:
            raise AuthenticationFailed
        # A scope taken from the client is gone from the tokens it still holds.
        token.scope = " ".join(name for name in token.scope.split() if name in token.application.scopes)
        return AnonymousUser(), token

    def authenticate_header(self, request: Request) -> str:
        """Return the challenge of a 401."""
        return 'Bearer realm="api"'


class PageSession(SessionAuthentication):
    """The session of the staff pages, with its protection against forged requests."""
