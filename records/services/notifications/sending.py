"""Writing notices, inside the act that gives the occasion or in one of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import models

from accounts.models import Department, Person, User
from ledger import acts
from ledger.actors import SYSTEM
from ledger.refusals import NotAllowed
from records.models import NoticeKind, Notification
from records.selectors.notifications import addressees
from rules import scan
from rules.references import reference

LONGEST = 300
Addressees = Iterable[Person] | tuple[str, Department]


def notify(
    *, to: Addressees, kind: str, obj: models.Model | None, text: str, now: datetime, once: str = ""
) -> list[Notification]:
    """
    Tell persons, or everybody in a role at a department (``(role, department)``), of something on an object.

    ``text`` names what each of them may see and no other person's data; numbers the scan finds are blotted out. ``once``
    is a key under which a person is told a single time, however often this runs. This will join an open act, and open
    one of its own otherwise. Nothing is sent by mail: the morning mail counts what is unread.
    """
    persons = _persons(to, now)
    if once:
        told = Notification.objects.filter(once=once, person__in=persons).values_list("person_id", flat=True)
        known = set(told)
        persons = [person for person in persons if person.pk not in known]
    if not persons:
        return []
    about = reference(obj)._asdict() if obj is not None else {}
    words = _blotted(text)[:LONGEST]
    with _joined(now):
        made = [
            Notification(person=person, kind=NoticeKind(kind), text=words, once=once, at=now, **about)
            for person in persons
        ]
        return list(Notification.objects.bulk_create(made))


def read(*, user: User, notice: Notification, now: datetime) -> None:
    """
    Mark a notice of one's own as read; a second time changes nothing.

    :raises NotAllowed: it is somebody else's
    """
    if notice.person_id != user.person_id:
        raise NotAllowed("")
    Notification.objects.filter(pk=notice.pk, read_at=None).update(read_at=now)


def read_all(*, user: User, now: datetime) -> int:
    """Mark everything of one's own as read up to now; this will give how many were unread."""
    return Notification.objects.filter(person_id=user.person_id, read_at=None, at__lte=now).update(read_at=now)


def _persons(to: Addressees, now: datetime) -> list[Person]:
    if isinstance(to, tuple) and len(to) == 2 and isinstance(to[0], str):
        role, department = to
        return [user.person for user in addressees.holding(role, department, now=now)]  # type: ignore[arg-type]
    return list({person.pk: person for person in to}.values())  # type: ignore[union-attr]


def _blotted(text: str) -> str:
    """Leave no number of a person, card or plate in a notice, whatever title it was made from."""
    for hit in scan.find(text):
        text = text.replace(hit.text, "□" * len(hit.text))
    return text


def cut(text: str, room: int) -> str:
    """Return a text in one line, with a mark where it had to be cut to the room a notice has for it."""
    plain = " ".join(text.split())
    return plain if len(plain) <= room else plain[: room - 1] + "…"


@contextmanager
def _joined(now: datetime) -> Iterator[None]:
    if acts.is_open():
        yield
        return
    with acts.act(kind="notification.send", actor=SYSTEM, role="system", now=now):
        yield
