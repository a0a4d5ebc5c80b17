"""Words for codes and days, as the texts about a record spell them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.utils.translation import gettext as _

from rules import codes

T = TypeVar("T")


def settled(value: T | None) -> T:
    """
    Return a value that a record in force always has.

    :raises ValueError: it is missing, so the record is not in force; this is a fault of the program
    """
    if value is None:
        raise ValueError("asked of a record that is not in force yet")
    return value


def day(value: date | None) -> str:
    """Return 2026年5月11日, or nothing."""
    if value is None:
        return ""
    return _("%(year)d年%(month)d月%(day)d日") % {"year": value.year, "month": value.month, "day": value.day}


def named(list_name: str, values: Iterable[str], on: date) -> str:
    """Return the labels of several codes joined the Chinese way."""
    return "、".join(codes.label(list_name, value, on) for value in values)


def money(value: Decimal | None) -> str:
    """Return an amount in yuan with thousands commas, or that there is none."""
    if value is None:
        return ""
    return _("%s元") % f"{value:,.2f}" if value else _("无")
