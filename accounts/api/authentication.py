"""Who calls the API: a client by its token, or a signed-in person by the session of the pages."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from oauth2_provider.contrib.rest_framework import OAuth2Authentication
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request


class ClientAuthentication(OAuth2Authentication):
    """A bearer token of client credentials. The client row is read on every call, so that stopping it bites at once."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """Return nobody and the token; this will refuse a wrong token instead of treating its bearer as a stranger.

        :raises AuthenticationFailed: for a token that is unknown, expired, or of a stopped client.
        """
        if not request.headers.get("Authorization", "").startswith("Bearer "):
            return None
        found = super().authenticate(request)
        if found is None or found[1].application is None or not found[1].application.is_enabled:
            raise AuthenticationFailed
        token = found[1]
        # A scope taken from the client is gone from the tokens it still holds.
        token.scope = " ".join(name for name in token.scope.split() if name in token.application.scopes)
        return AnonymousUser(), token


class PageSession(SessionAuthentication):
    """The session of the staff pages, with its protection against forged requests."""
