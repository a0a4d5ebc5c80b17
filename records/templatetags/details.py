"""The details of a commitment, wherever a page leaves a place for them."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.models import User
from records.models import Commitment
from records.selectors.commitments import details
from rules import clock

register = template.Library()


@register.simple_tag(takes_context=True)
def detail_sheets(context: dict[str, Any], commitment: Commitment | str) -> list[details.Sheet]:
    """This will give the forms of a commitment for the reader of the page; none for a promise not registered yet."""
    reader = context["request"].user
    if not isinstance(reader, User) or not isinstance(commitment, Commitment):
        return []
    return details.sheets(commitment=commitment, actor=reader, now=clock.now())
