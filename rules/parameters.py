"""Numbers and switches of domain 2.4, found by key, day and profile; none of them is a constant in code."""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.memory import remember
from rules import profiles
from rules.models import Parameter


class UnknownParameter(LookupError):
    """No row of that key holds on that day: the rules were not loaded, or the key is misspelt."""


def row(key: str, *, on: date, profile: str | None = None) -> Parameter:
    """
    This will give the row that holds on a day: the profile's own where it has one, else the general one.

    :raises UnknownParameter: no such row; run ``manage.py load_rules``
    """
    place = profile or profiles.current()
    found = remember(("parameter", key, on, place), lambda: _find(key, on, place))
    if found is None:
        raise UnknownParameter(f"No parameter {key!r} on {on} for profile {place!r}; has load_rules run?")
    return found


def value(key: str, *, on: date, profile: str | None = None) -> Any:
    """
    This will give a parameter's value (a number in the row's unit, a switch, or text) as of a day.

    :raises UnknownParameter: no such row; run ``manage.py load_rules``
    """
    return row(key, on=on, profile=profile).value


def _find(key: str, on: date, profile: str) -> Parameter | None:
    """The row of the profile sorts before the general one, whose profile is empty."""
    held = Parameter.objects.on(on).filter(key=key, profile__in=(profile, ""))
    return held.order_by("-profile").first()
