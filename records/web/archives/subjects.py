"""How sections, looks and chances of an archive are printed: links only where an address exists and the reader may go."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse

from records.selectors.archives.chances import Chance
from records.selectors.archives.sections import Filled, Line


def url(page: str, key: Any) -> str:
    """This will give the address of a page, or nothing where no room has it."""
    if not page:
        return ""
    try:
        return reverse(page, args=[key])
    except NoReverseMatch:
        return ""


def sections(filled: list[Filled]) -> list[dict[str, Any]]:
    """This will give the sections as the template prints them."""
    return [
        {
            "key": each.section.key,
            "title": each.section.title,
            "empty": each.section.empty,
            "has_more": each.has_more,
            "lines": [_line(line) for line in each.lines],
        }
        for each in filled
    ]


def chances(found: list[Chance]) -> list[dict[str, Any]]:
    """This will give what can be done as the template prints it."""
    return [{"chance": each, "url": url(each.page, each.key)} for each in found]


def _line(line: Line) -> dict[str, Any]:
    return {"line": line, "url": url(line.page, line.key)}
