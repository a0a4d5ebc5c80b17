"""The persons a record or a promise knows by name: the text scan looks for them in whatever the public would read."""

from __future__ import annotations

from datetime import date

from accounts.models import Department, Official
from records.models import Commitment, DishonestyRecord
from rules.workflow import hands


def names_of(record: DishonestyRecord) -> frozenset[str]:
    """Return the names of the official concerned, of the heads of the units, and of whoever had a hand in the record."""
    had_a_hand = {hand.person.name for hand in hands.of(record)}
    concerned = names_about(
        unit=record.subject_department, official=record.subject_official, decided_on=record.decided_on
    )
    kept = {record.responsible_name, record.subject_name if record.is_person else ""}
    return frozenset({*had_a_hand, *concerned, *kept} - {""})


def names_of_promise(promise: Commitment) -> frozenset[str]:
    """
    Return the names a promise must not show: whoever answers for it, the unit's head, and whoever had a hand in it.

    The public reads a post, never a name (domain 2.5): no basis permits naming an official in a unit's promise.
    """
    had_a_hand = {hand.person.name for hand in hands.of(promise)}
    concerned = names_about(
        unit=promise.department,
        official=promise.responsible_official,
        decided_on=promise.activated_on or promise.registered_on,
    )
    return frozenset({*had_a_hand, *concerned, promise.responsible_name} - {""})


def names_about(*, unit: Department, official: Official | None, decided_on: date | None) -> frozenset[str]:
    """Return the names a case about this unit or official knows: the official's, and the unit's head's on the day."""
    head = unit.head_on(decided_on) if decided_on else None
    return frozenset(known.person.name for known in (official, head) if known is not None)
