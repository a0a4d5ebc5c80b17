"""How long a record may be shown: the policy of its class on the day of recognition, and the dates it gives (domain 2.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ledger.memory import remember
from rules import calendar, parameters
from rules.models import ANY, DisclosurePolicy, Family, SchemeOfSource
from rules.parameters import UnknownParameter

TRANSITION_SWITCH = "disclosure.order58_transition"


class NoPolicy(UnknownParameter):
    """No disclosure policy covers the class and day: the rules were not loaded."""


@dataclass(frozen=True)
class Policy:
    """What a class of records may show; months are calendar months, ``max_months`` None = the period of the sanction."""

    scheme: str
    severity: str
    label: str
    publish_by_default: bool
    min_months: int | None
    max_months: int | None
    until_performed: bool
    source: str
    mark: str
    note: str
    yields_to: str = ""

    @property
    def is_law(self) -> bool:
        """Whether a page may name the source as the ground (domain 0.1: never for [own] and [design])."""
        return self.mark in ("source", "seed")


@dataclass(frozen=True)
class Period:
    """The days of disclosure: the last one is still public; repair may be applied for from ``repair_from``."""

    first_day: date
    last_day: date | None
    repair_from: date
    shortened_by: str = ""
    shortened_source: str = ""


def choose(*, source_type: str, severity: str, recognised_on: date, is_person: bool, safety: bool = False) -> Policy:
    """
    This will give the policy of a record, chosen by the date of the recognising document (信用修复管理办法; domain 2.2).

    ``safety`` = special equipment, work safety or fire (令第58号 gives these a longer minimum).

    :raises NoPolicy: no row covers the class on that day
    """
    for family in _families(source_type, recognised_on, is_person=is_person, safety=safety):
        if found := _find(family, severity.lower(), recognised_on):
            return _policy(found, severity.lower())
    raise NoPolicy(f"No disclosure policy for {source_type}/{severity} on {recognised_on}; has load_rules run?")


def period(policy: Policy, start: date, *, effect_months: int | None = None) -> Period:
    """
    This will give the days of disclosure from the date of the recognising document.

    Months keep the day of month, clamped to the month's end; the dates never roll to a working day. A record of
    an older scheme still running when the next begins ends with whichever ends earlier, while the switch
    ``disclosure.order58_transition`` is on. ``effect_months`` bounds a policy without a maximum (officials).
    """
    months = policy.max_months if policy.max_months is not None else effect_months
    last = calendar.add_months(start, months) if months is not None else None
    repair = calendar.add_months(start, policy.min_months or 0)
    lighter = _lighter(policy, start, last)
    if lighter is None:
        return Period(start, last, repair)
    day, successor = lighter
    return Period(start, day, min(repair, day), successor.scheme, successor.source)


def row_of(policy: Policy, on: date) -> DisclosurePolicy | None:
    """This will give the row a policy came from, for pages that link to it."""
    rows = [each for each in _rows() if each.scheme == policy.scheme and _holds(each, on)]
    return next((each for each in rows if each.severity in (policy.severity, ANY)), None)


def _families(source_type: str, on: date, *, is_person: bool, safety: bool) -> list[str]:
    """The questions to ask, the most particular first; a person is never measured like a unit."""
    if is_person:
        return [Family.OFFICIAL]
    asked: list[str] = []
    if (special := _family_of(source_type, on)) != Family.SEVERITY:
        asked.append(special)
    if safety:
        asked.append(Family.SAFETY)
    return [*asked, Family.SEVERITY]


def _family_of(source_type: str, on: date) -> str:
    def look_up() -> str:
        held = SchemeOfSource.objects.on(on).filter(source_type=source_type).first()
        return held.family if held else Family.SEVERITY

    return remember(("scheme", source_type, on), look_up)


def _rows() -> list[DisclosurePolicy]:
    return remember("policies", lambda: list(DisclosurePolicy.objects.order_by("valid_from", "scheme")))


def _holds(each: DisclosurePolicy, on: date) -> bool:
    return each.valid_from <= on and (each.valid_to is None or on <= each.valid_to)


def _find(family: str, severity: str, on: date) -> DisclosurePolicy | None:
    held = [each for each in _rows() if each.family == family and _holds(each, on)]
    return next((each for each in held if each.severity in (severity, ANY)), None)


def _policy(found: DisclosurePolicy, severity: str) -> Policy:
    return Policy(
        found.scheme,
        severity,
        found.label,
        found.publish_by_default,
        found.min_months,
        found.max_months,
        found.until_performed,
        found.source,
        found.mark,
        found.note,
        found.yields_to,
    )


def _lighter(policy: Policy, start: date, last: date | None) -> tuple[date, DisclosurePolicy] | None:
    """The transition rule of domain 2.2: the earlier last day under the scheme this one yields to, where that is earlier."""
    successor = next(
        (each for each in _rows() if each.scheme == policy.yields_to and each.severity == policy.severity), None
    )
    if successor is None or last is None or successor.max_months is None or last < successor.valid_from:
        return None
    if not parameters.value(TRANSITION_SWITCH, on=successor.valid_from):
        return None
    # A day before the new scheme began cannot be taken back: what would have ended earlier ends as it begins.
    day = max(calendar.add_months(start, successor.max_months), successor.valid_from - timedelta(days=1))
    return (day, successor) if day < last else None
