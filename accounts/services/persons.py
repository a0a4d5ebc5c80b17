"""Registering natural persons, with their sealed number and telephone."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import sealed
from accounts.identifiers import id_number as id_numbers
from accounts.identifiers import naming
from accounts.identifiers import phone as phones
from accounts.models import Person
from ledger.actors import Actor
from ledger.acts import act
from ledger.refusals import Conflict
from ledger.suites import seal


def register(
    *,
    actor: Actor,
    name: str,
    id_number: str = "",
    phone: str = "",
    official: bool = False,
    now: datetime,
    role: str = "system",
) -> Person:
    """Keep a natural person; this will seal number and telephone, and refuse a number that is already somebody's.

    `official` also asks for the age of a person in service (16 to 100 years).

    :raises Invalid: where name, number or telephone are not well formed.
    :raises Conflict: where the number belongs to a person we have.
    """
    with act(kind="accounts.register_person", actor=actor, role=role, now=now) as opened:
        person = Person(name=naming.clean(name, label=_("姓名"), longest=60))
        if id_number:
            _seal_id_number(person, id_number, now=now, official=official)
        if phone:
            _seal_phone(person, phone)
        person.save()
        opened.about(person)
    return person


def change_phone(*, actor: Actor, person: Person, phone: str, now: datetime, role: str = "system") -> Person:
    """Replace a person's telephone number; an empty one takes it away.

    :raises Invalid: where it is not a mobile number.
    """
    with act(kind="accounts.change_phone", actor=actor, role=role, obj=person, now=now):
        person.phone_sealed = person.phone_lookup = None
        if phone:
            _seal_phone(person, phone)
        person.save()
    return person


def _seal_id_number(person: Person, text: str, *, now: datetime, official: bool) -> None:
    number = id_numbers.clean(text, today=timezone.localtime(now).date(), official=official)
    if sealed.find(id_number=number) is not None:
        raise Conflict(_("这个公民身份号码已经登记在另一人名下，请先查找该人"), field="id_number")
    person.id_number_sealed = seal.seal(number, table=sealed.TABLE, column="id_number_sealed")
    person.id_number_lookup = seal.lookup(number, purpose="person.id_number")


def _seal_phone(person: Person, text: str) -> None:
    number = phones.clean(text)
    person.phone_sealed = seal.seal(number, table=sealed.TABLE, column="phone_sealed")
    person.phone_lookup = seal.lookup(number, purpose="person.phone")
