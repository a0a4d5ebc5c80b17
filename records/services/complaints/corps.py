"""The corps of social supervisors (社会监督员队伍, domain row 15): appointment by letter, term, and clues in that name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.utils.translation import gettext as _

from accounts import scope
from accounts.models import Department, Person, User
from ledger import acts
from ledger.refusals import Conflict, Invalid, NotAllowed
from ledger.suites import seal
from records import words
from records.models import SocialSupervisor
from records.workflow import writing
from rules.clock import local_day
from rules.workflow import checks

APPOINTERS = ("personnel", "head", "approver")
TABLE, COLUMN = "records_socialsupervisor", "contact_sealed"
LONGEST_YEARS = 10


@dataclass(frozen=True)
class Letter:
    """What a letter of appointment says."""

    field: str
    number: str
    term_from: date | None
    term_until: date | None
    contact: str = ""


def appoint(
    *, actor: User, person: Person, department: Department, letter: Letter, now: datetime, key: UUID | None = None
) -> SocialSupervisor:
    """
    Appoint a social supervisor by letter; this will let him file clues from the first to the last day of his term.

    :param department: who appoints
    :raises NotAllowed: the actor appoints for another department, or appoints himself
    :raises Invalid: field, number or term is missing or out of order
    :raises Conflict: the letter's number was used before
    """
    if key and (first := SocialSupervisor.objects.filter(pk=key, appointed_by=actor.person_id).first()):
        return first
    role = _role(actor, department, now)
    if person.pk == actor.person_id:
        raise NotAllowed(_("不能聘任自己"))
    columns = _columns(letter)
    try:
        with acts.act(kind="corps.appoint", actor=actor, role=role, now=now) as act:
            held = SocialSupervisor(
                id=key or uuid4(), person=person, department=department, appointed_by_id=actor.person_id, **columns
            )
            held.save(force_insert=True)
            act.about(held)
    except IntegrityError as clash:
        raise Conflict(_("这个聘书编号已经用过"), field="number") from clash
    return held


def change_term(
    *, actor: User, appointment: SocialSupervisor, term_until: date | None, version: int, now: datetime
) -> SocialSupervisor:
    """
    Move the last day of a term, forward or back; this will stop clues in his name the day after it.

    :raises Invalid: the day lies before the first
    :raises Stale: somebody changed the term since
    """
    role = _role(actor, appointment.department, now)
    if term_until is None or term_until < appointment.term_from:
        raise Invalid(_("聘期的最后一天不能早于第一天"), field="term_until")
    with acts.act(kind="corps.change_term", actor=actor, role=role, obj=appointment, now=now):
        held = SocialSupervisor.objects.select_for_update().get(pk=appointment.pk)
        checks.version(held, version)
        held.term_until = term_until
        held.version += 1
        held.save()
    return held


def serving(*, person_id: UUID, now: datetime) -> SocialSupervisor:
    """
    Give the appointment under which a person may file a clue today.

    :raises NotAllowed: he was never appointed, or his term has not begun or is over; the public form stays open to him
    """
    today = local_day(now)
    found = SocialSupervisor.objects.filter(person_id=person_id).order_by("-term_until")
    running = found.serving_on(today).first()
    if running is not None:
        return running
    last = found.first()
    if last is not None and last.term_until < today:
        said = _("您的聘期到 %(day)s 已经届满，不能再以社会监督员的身份提交；您仍可以在公开页面投诉举报。")
        raise NotAllowed(said % {"day": words.day(last.term_until)})
    if last is not None:
        raise NotAllowed(_("您的聘期还没有开始；您可以在公开页面投诉举报。"))
    raise NotAllowed(_("没有您的聘任登记；您可以在公开页面投诉举报。"))


def contact_of(appointment: SocialSupervisor) -> str:
    """Return the contact in clear; what shows it is for those who appoint."""
    sealed = appointment.contact_sealed
    return seal.unseal(bytes(sealed), table=TABLE, column=COLUMN) if sealed else ""


def _role(actor: User, department: Department, now: datetime) -> str:
    for role in APPOINTERS:
        if scope.covers(user=actor, role=role, department=department, now=now):
            return role
    raise NotAllowed(_("不能由您办：社会监督员由聘任单位登记"))


def _columns(letter: Letter) -> dict[str, object]:
    if letter.term_from is None:
        raise Invalid(_("请填写聘期的第一天"), field="term_from")
    if letter.term_until is None or letter.term_until < letter.term_from:
        raise Invalid(_("聘期的最后一天不能早于第一天"), field="term_until")
    if letter.term_until.year - letter.term_from.year > LONGEST_YEARS:
        raise Invalid(_("聘期最长 %d 年") % LONGEST_YEARS, field="term_until")
    contact = writing.clean(letter.contact, field="contact", label=_("联系方式"), limit=200)
    return {
        "field": writing.required(letter.field, field="field", label=_("监督领域"), limit=60, lines=False),
        "letter_number": writing.required(letter.number, field="number", label=_("聘书编号"), limit=60, lines=False),
        "term_from": letter.term_from,
        "term_until": letter.term_until,
        "contact_sealed": seal.seal(contact, table=TABLE, column=COLUMN) if contact else None,
    }
