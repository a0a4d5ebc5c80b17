"""Two people changed one record: what was there, what you typed, what the other saved, and whose to use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from accounts.models import User
from records.models import DishonestyRecord, LastLook
from records.selectors import differences
from records.selectors.differences import Change

READ_AT_ONCE = 32  # characters


@dataclass(frozen=True)
class Clash:
    """One field two people saw differently; ``decided`` says whose stands where only one of them changed it."""

    name: str
    label: str
    base: str
    yours: str
    theirs: str
    decided: str = ""

    @property
    def yours_marked(self) -> tuple[tuple[str, str], ...]:
        """What you typed, marked against what was there."""
        return _against(self.base, self.yours)

    @property
    def theirs_marked(self) -> tuple[tuple[str, str], ...]:
        """What the other saved, marked against what was there."""
        return _against(self.base, self.theirs)


def marked(fields: list[tuple[str, Any, Any]]) -> list[Change]:
    """This will mark, for fields given as (name, before, after), what changed; unchanged ones fall away."""
    told = []
    for name, before, after in fields:
        old, new = _spoken(name, before), _spoken(name, after)
        if old != new:
            told.append(Change(name, differences.label(name), old, new, differences.pieces(old, new)))
    return told


def clashes(*, user: User, record: DishonestyRecord, typed: dict[str, Any]) -> list[Clash]:
    """This will compare, field by field, what the person typed with what is saved now and what he had opened."""
    look = LastLook.objects.filter(record=record, person_id=user.person_id).first()
    base = look.content if look else {}
    found = []
    for name, value in typed.items():
        theirs, yours = _spoken(name, getattr(record, name)), _spoken(name, value)
        if theirs == yours:
            continue
        before = _spoken(name, base[name]) if name in base else ""
        found.append(Clash(name, differences.label(name), before, yours, theirs, _decided(before, yours, theirs)))
    return found


def merged(data: QueryDict, record: DishonestyRecord) -> QueryDict:
    """This will take the other's value for each field the person said so (``use_<field>=theirs``)."""
    kept = data.copy()
    for key, choice in data.items():
        name = key.removeprefix("use_")
        if name == key:
            continue
        kept.pop(key)
        if choice == "theirs" and name in DishonestyRecord.CONTENT:
            value = getattr(record, name)
            kept.setlist(name, [str(each) for each in value] if isinstance(value, list) else [_raw(value)])
    return kept


def _against(base: str, text: str) -> tuple[tuple[str, str], ...]:
    """Short values are marked whole: figures with marks between their digits cannot be read."""
    if len(text) < READ_AT_ONCE and text != base:
        return ((differences.INSERTED, text),) if text else ()
    return differences.pieces(base, text)


def _spoken(name: str, value: Any) -> str:
    """A value the way pages print it; a sum nobody can read is shown as typed."""
    try:
        return differences.spoken(name, list(value) if isinstance(value, tuple) else value)
    except (ArithmeticError, ValueError):
        return str(value)


def _raw(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else str(value)


def _decided(base: str, yours: str, theirs: str) -> str:
    if base and base == theirs:
        return "mine"
    return "theirs" if base and base == yours else ""
