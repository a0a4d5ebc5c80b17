"""A document as lists and pages print it, made from its public bytes and nothing else."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from disclosure import canonical
from disclosure.search.criteria import NOTHING, PROMISES

SNIPPET = 34
TONES = {
    "active": ("active", "dot"),
    "overdue": ("back", "clock"),
    "fulfilled": ("done", "check"),
    "breached": ("fail", "cross"),
    "changed": ("ended", "stop"),
}


@dataclass(frozen=True)
class Item:
    """One document of a list."""

    content: dict[str, Any]
    terms: tuple[str, ...] = ()
    today: date = field(default_factory=date.today)

    @property
    def id(self) -> str:
        """Its public identifier."""
        return str(self.content["id"])

    @property
    def decided_on(self) -> date:
        """The day of the decision."""
        return date.fromisoformat(self.content["decided_on"])

    @property
    def visible_from(self) -> date:
        """Its first public day."""
        return date.fromisoformat(self.content["visible_from"])

    @property
    def visible_until(self) -> date:
        """Its last public day."""
        return date.fromisoformat(self.content["visible_until"])

    @property
    def days_left(self) -> int:
        """How many calendar days are left; nought on the last day."""
        return (self.visible_until - self.today).days

    @property
    def promise(self) -> dict[str, Any] | None:
        """What a promise shows beside its title: its state, its due date, its progress; nothing for other documents."""
        told = self.content["fields"]
        if self.content["kind"] != PROMISES:
            return None
        if "state" not in told:
            return {"tone": "draft", "icon": "file", "label": told["mode"]["label"]}
        tone, icon = TONES.get(told["state"]["code"], ("active", "dot"))
        due = date.fromisoformat(told["due_on"])
        runs = told["state"]["code"] == "active"
        return {
            "tone": tone,
            "icon": icon,
            "label": told["state"]["label"],
            "due_on": due,
            "left": (due - self.today).days if runs else None,
            "progress": self._progress(told["progress"]),
        }

    def _progress(self, told: dict[str, Any]) -> dict[str, Any] | None:
        steps = [{**step, "on": date.fromisoformat(step["due_on"])} for step in told["steps"]]
        return {"done": told["done"], "waiting": 0, "steps": steps} if steps else None

    @property
    def wordings(self) -> list[dict[str, Any]]:
        """The versions of a promise, each with its day."""
        return [{**told, "on": date.fromisoformat(told["day"])} for told in self.content["fields"].get("versions", [])]

    @property
    def title(self) -> SafeString:
        """Its title with the words asked for marked."""
        return marked(self.content["title"], self.terms)

    @property
    def snippet(self) -> SafeString:
        """The place in its text where a word asked for stands, or the beginning."""
        return snippet(self.content["fields"].get("paragraphs", []), self.terms)


def items(bodies: list[str], *, terms: tuple[str, ...] = (), today: date) -> list[Item]:
    """This will read the documents of a page."""
    return [Item(canonical.decode(body), terms, today) for body in bodies]


def marked(text: str, terms: tuple[str, ...]) -> SafeString:
    """This will escape a text and mark the words asked for where they stand literally."""
    words = [re.escape(term) for term in terms if len(term) > 1 and term != NOTHING]
    if not words:
        return conditional_escape(text)  # type: ignore[return-value]
    parts = re.split(f"({'|'.join(words)})", text, flags=re.IGNORECASE)
    printed = (
        format_html("<mark>{}</mark>", part) if at % 2 else conditional_escape(part) for at, part in enumerate(parts)
    )
    return mark_safe("".join(printed))  # noqa: S308  every part is escaped


def snippet(paragraphs: list[str], terms: tuple[str, ...]) -> SafeString:
    """This will cut about seventy characters around the first word asked for."""
    for paragraph in paragraphs:
        at = next((found for term in terms if len(term) > 1 and (found := paragraph.lower().find(term)) >= 0), -1)
        if at >= 0:
            start, stop = max(0, at - SNIPPET), at + 2 * SNIPPET
            lead, tail = ("……" if start else ""), ("……" if stop < len(paragraph) else "")
            return marked(lead + paragraph[start:stop] + tail, terms)
    first = paragraphs[0] if paragraphs else ""
    return conditional_escape(first[: 2 * SNIPPET] + ("……" if len(first) > 2 * SNIPPET else ""))  # type: ignore[return-value]


def count_words(count: int, is_exact: bool) -> str:
    """This will say a count, or that it is more than the bound up to which we count."""
    return f"{count:,}" if is_exact else _("%(n)s+") % {"n": f"{count:,}"}
