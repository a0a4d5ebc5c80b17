"""Every address as every role over HTTP: who is not in the expected table is turned away before the page does anything."""

from uuid import UUID

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from accounts import policy, roles
from accounts.models import User
from tests.accounts import expected, factories
from tests.accounts.factories import Tree

pytestmark = pytest.mark.django_db
NOBODY = UUID("00000000-0000-4000-8000-000000000000")
SAMPLES = {"uuid": NOBODY, "int": 1, "str": "x", "path": "x", "slug": "x"}
LEFT_OUT = {
    "accounts:sign_in",  # it would change the session the walk goes on with
    "accounts:sign_out",
    "accounts:switch",
    "readyz",  # it asks the other database logins, which a test in one transaction does not have
}

SAMPLED = ["clerk", "nobody"]
"""Walked in every run; the other roles in the long walk, and against the table itself in every run."""
REST = [role for role in roles.NAMES if role not in SAMPLED]


def addresses() -> dict[str, str]:
    """Return one address for each view name, with keys that belong to nothing."""

    def walk(patterns: list[URLPattern | URLResolver], space: str, path: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for entry in patterns:
            here = path + filled(entry)
            if isinstance(entry, URLResolver):
                found |= walk(entry.url_patterns, f"{space}{entry.namespace}:" if entry.namespace else space, here)
            elif (
                "(?P" not in here
            ):  # the support site's index by room is a pattern no sample fits; its pages are walked
                found[f"{space}{entry.name}"] = here
        return found

    return walk(get_resolver().url_patterns, "", "/")


def filled(entry: URLPattern | URLResolver) -> str:
    """Return the part of the address a pattern matches, with samples for its parameters."""
    route = str(entry.pattern)
    for name, converter in entry.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        route = route.replace(f"<{kind}:{name}>", str(SAMPLES.get(kind, "x"))).replace(f"<{name}>", "x")
    return route


def browser_of(user: User) -> Client:
    """Return a browser with the user's session, made without the sign-in page to save its time."""
    browser = Client(raise_request_exception=False)
    session = browser.session
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session["signed_in_at"] = session["seen_at"] = timezone.now().isoformat()
    session.save()
    browser.cookies["sessionid"] = session.session_key
    return browser


@pytest.mark.parametrize("role", SAMPLED + [pytest.param(role, marks=pytest.mark.matrix) for role in REST])
def test_a_role_is_turned_away_from_every_page_that_does_not_name_it(tree: Tree, role: str) -> None:
    place = tree.lead if role in ("approver", "appeals") else tree.transport
    browser = browser_of(factories.user(*([] if role == "nobody" else [(role, place)])))
    wrong = []
    for name, address in addresses().items():
        row = policy.row_of(name)
        if row is None or row.is_public or row.face != "page" or name in LEFT_OUT:
            continue
        audience, _by_place = expected.TABLE[row.name]
        status = browser.get(address).status_code
        opened = bool(audience & {"anonymous", "signed_in", "subject", role})
        asks_itself = "subject" in audience and status == 403
        if (status == 403) is opened and not asks_itself or status >= 500:
            wrong.append((name, address, status))
    assert wrong == []


def test_a_stranger_sees_public_pages_only(tree: Tree) -> None:
    wrong = []
    for name, address in addresses().items():
        row = policy.row_of(name)
        if row is None or name in LEFT_OUT:
            continue
        audience, _by_place = expected.TABLE[row.name]
        answer = Client(raise_request_exception=False).get(address)
        if not _right_for_a_stranger(answer, audience, row.face):
            wrong.append((name, address, answer.status_code))
    assert wrong == []


def _right_for_a_stranger(answer: HttpResponse, audience: frozenset[str], face: str) -> bool:
    if "anonymous" in audience:
        return answer.status_code < 500 and answer.status_code not in (401, 403)
    if face == "api":
        return answer.status_code in (401, 405)
    return answer.status_code == 302 and answer["Location"].startswith("/accounts/?next=")
