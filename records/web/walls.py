"""Every page of somebody signed in is made with his name told to the database, so that a forgotten filter shows him nothing more."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from accounts.models import User
from records.models import walls


class ReaderWall:
    """Name the reader while the page is made; visitors without an account meet no staff page, and API clients no complaint."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """This will pass the request on with its reader named."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:  # nobody is signed in, and no answer varies by a cookie
            return self.get_response(request)
        user = request.user
        if not isinstance(user, User) or user.person_id is None:
            return self.get_response(request)
        with walls.reading(user.person_id):
            return self.get_response(request)
