"""The numbers of the rules in the sentences of templates."""

from __future__ import annotations

from django import template

from rules import explaining

register = template.Library()


@register.filter
def filled(sentence: str) -> str:
    """This will put today's numbers where a sentence names their rows in braces: ``{proposal.lapse_days}``."""
    return explaining.filled(sentence)
