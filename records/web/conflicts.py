"""Two people changed one record: what was there, what you typed, what the other saved, and whose to use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts import wording
from accounts.models import User
from records.models import DishonestyRecord, LastLook
from records.selectors import differences
from records.workflow.filing import LABELS
from rules import codes

LISTS = {
    "source_type": "source_type",
    "social_impact": "social_impact",
    "basis_codes": "legal_basis",
    "key_areas": "key_area",
    "sanctions_proposed": "sanction",
    "discipline": "discipline",
    "severity_proposed": "severity",
}


@dataclass(frozen=True)
class Clash:
    """One field two people saw differently; ``decided`` says whose stands where only one of them changed it."""

    name: str
    label: str
    base: str
    yours: str
    theirs: str
    decided: str = ""


def since(user: User, record: DishonestyRecord) -> list[Any]:
    """This will list what changed since the person last looked, in words."""
    return list(differences.since_last_look(user=user, record=record))


def clashes(*, user: User, record: DishonestyRecord, typed: dict[str, Any]) -> list[Clash]:
    """This will compare, field by field, what the person typed with what is saved now and what he had opened."""
    look = LastLook.objects.filter(record=record, person_id=user.person_id).first()
    base = look.content if look else {}
    found = []
    for name in typed:
        theirs, yours = spoken(name, getattr(record, name)), spoken(name, typed[name])
        if theirs == yours:
            continue
        before = spoken(name, base[name]) if name in base else ""
        found.append(Clash(name, _label(name), before, yours, theirs, _decided(before, yours, theirs)))
    return found


def merged(data: QueryDict, record: DishonestyRecord) -> QueryDict:
    """This will take the other's value for each field the person said so (``use_<field>=theirs``)."""
    kept = data.copy()
    for key in [each for each in data if each.startswith("use_")]:
        name = key.removeprefix("use_")
        if data[key] == "theirs" and name in DishonestyRecord.CONTENT:
            value = getattr(record, name)
            kept.setlist(name, [str(each) for each in value] if isinstance(value, list) else [_raw(value)])
        kept.pop(key)
    return kept


def spoken(name: str, value: Any) -> str:
    """This will say a value the way pages print it."""
    if value in (None, "", [], ()):
        return _("（空）")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if name in LISTS:
        each = value if isinstance(value, list | tuple) else [value]
        return "、".join(codes.label(LISTS[name], str(code)) for code in each)
    if name == "economic_loss_yuan":
        return _sum(value)
    return wording.day(value) if name == "decided_on" and not isinstance(value, str) else str(value)


def _sum(value: Any) -> str:
    try:
        return wording.money(str(value).replace(",", ""))
    except ArithmeticError:
        return str(value)


def _raw(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else str(value)


def _label(name: str) -> str:
    return str(LABELS.get(name, name))


def _decided(base: str, yours: str, theirs: str) -> str:
    if base and base == theirs:
        return "mine"
    return "theirs" if base and base == yours else ""
