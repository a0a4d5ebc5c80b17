"""Filing: a clerk registers a record, edits it, hands it in, and may take it back until it was opened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.models import Department, Official, Post, User
from accounts.models.department import holding_on
from ledger import acts
from ledger.actors import Actor
from ledger.refusals import Conflict, Invalid, NotAllowed
from records.models import DishonestyRecord, RecordState
from records.services import editions
from records.workflow import corrections, duplicates
from records.workflow import filing as filings
from records.workflow.clocks import REPORTING
from records.workflow.filing import Filing
from records.workflow.record import RECORD, REGISTER
from rules import deadlines
from rules.clock import local_day
from rules.numbers import serials
from rules.references import reference
from rules.workflow import MACHINES, hands

SERIAL = "record"


def register(*, actor: User, key: UUID, department: Department, filing: Filing, now: datetime) -> DishonestyRecord:
    """
    Keep a new draft with its serial number; this will start the reporting deadline at the day of the document.

    `key` becomes the record's id: the same form sent twice by the same person gives the first record back.

    :raises NotAllowed: the actor is no clerk of the department, or is the subject himself
    :raises Incomplete: fields are not acceptable; nothing is stored
    :raises Conflict: the document already made a record of this subject, or the key is somebody else's
    """
    if first := _registered_before(key, actor):
        return first
    try:
        return _register(actor=actor, key=key, department=department, typed=filing, now=now)
    except IntegrityError:
        # Two copies of the form ran at once: the other one won, and this one has rolled back.
        if first := _registered_before(key, actor):
            return first
        raise


def open_draft(
    *,
    actor: Actor,
    department: Department,
    subject_department: Department,
    source_type: str,
    facts: str,
    origin: Model,
    now: datetime,
    decided_on: date | None = None,
    subject_official: Official | None = None,
    key_areas: Sequence[str] = (),
    severity: str = "",
    sanctions: Sequence[str] = (),
    note: str = "",
    role: str = "system",
) -> DishonestyRecord:
    """
    Open a pre-filled draft because of another case, inside its act; this will wait for a clerk of `department` to take it on.

    It never goes further by itself, and the same case gives the same draft however often it asks.

    :param origin: the case it comes from, kept on the record and named in its note
    :param note: where it comes from, in words; made from the case where none is given
    :raises Incomplete: a code or day is not acceptable
    :raises Invalid: no credit lead office works for the department
    """
    named = reference(origin)
    who: dict[str, Any] = {
        "subject_department": subject_department,
        "subject_official": subject_official,
        "source_type": source_type,
    }
    held: DishonestyRecord | None = DishonestyRecord.objects.filter(
        origin_type=named.object_type, origin_id=named.object_id, **who
    ).first()
    if held is not None:
        return held
    typed = Filing(
        **who,
        facts=facts[: filings.FACTS_LIMIT],
        decided_on=decided_on,
        key_areas=tuple(key_areas),
        severity_proposed=severity,
        sanctions_proposed=tuple(sanctions),
    )
    record = DishonestyRecord(
        department=department,
        origin_type=named.object_type,
        origin_id=named.object_id,
        origin_note=note or _from(origin),
    )
    with acts.act(kind="record.open_draft", actor=actor, role=role, now=now) as act:
        _assign(record, {**filings.columns(typed, now=now), **_subject(typed, now=now, is_loose=True)})
        _name(record, now=now)
        record.save(force_insert=True)
        act.about(record)
        _start_reporting(record, now=now)
    return record


def _from(origin: Model) -> str:
    noun = next((machine.noun for machine in MACHINES.values() if machine.model is type(origin)), "")
    told = {"kind": noun or origin._meta.verbose_name, "number": getattr(origin, "number", "")}
    return (_("由%(kind)s %(number)s 起草，待填报人补全") % told)[:300]


def _registered_before(key: UUID, actor: User) -> DishonestyRecord | None:
    first: DishonestyRecord | None = DishonestyRecord.objects.filter(pk=key).first()
    if first is not None and first.filer_id != actor.person_id:
        raise Conflict(_("这张表已经由别人用过，请重新打开登记页"))
    return first


def _register(*, actor: User, key: UUID, department: Department, typed: Filing, now: datetime) -> DishonestyRecord:
    record = DishonestyRecord(id=key, department=department, filer_id=actor.person_id)
    with acts.act(kind="record.register", actor=actor, role="clerk", now=now) as act:
        content = {**filings.columns(typed, now=now), **_subject(typed, now=now)}
        _assign(record, content)
        _check_registrar(record, actor, now)
        _check_first(record)
        _name(record, now=now)
        record.save(force_insert=True)
        act.about(record)
        hands.lay(actor=actor, obj=record, part="filer", noun=str(RECORD.noun), now=now)
        _start_reporting(record, now=now)
    return record


def _assign(record: DishonestyRecord, content: dict[str, Any]) -> None:
    for field, value in content.items():
        setattr(record, field, value)


def _check_registrar(record: DishonestyRecord, actor: User, now: datetime) -> None:
    stands = RECORD.standing_of(record, actor, now)
    if why := stands.refusal(REGISTER, None, now, REGISTER.roles):
        raise NotAllowed(why)
    stands.name_lender(REGISTER.roles, None, now)


def _check_first(record: DishonestyRecord) -> None:
    first = duplicates.same(record).first()
    if first is not None:
        raise Conflict(
            _("同一主体、同一文号、同一来源类型已有记录 %s，不能重复登记") % first.number,
            field="document_number",
            link=duplicates.link(first),
        )


def _name(record: DishonestyRecord, *, now: datetime) -> None:
    """Number the record and keep the names of the day, so that an old record keeps the names its units had."""
    today = local_day(now)
    lead = record.department.credit_lead()
    if lead is None:
        raise Invalid(_("本地区没有登记社会信用体系建设牵头部门，记录无人认定"), field="department")
    head = record.department.head_on(today)
    record.number = serials.take(department=record.department, kind=SERIAL, year=today.year)
    record.lead, record.lead_name = lead, lead.name_on(today)
    record.department_name = record.department.name_on(today)
    record.responsible_name = head.person.name if head else ""
    record.registered_on = today


def _subject(typed: Filing, *, now: datetime, is_loose: bool = False) -> dict[str, Any]:
    """
    Return the columns of the subject, with the names as of the day of the document.

    :param is_loose: leave the post open where it is not known; whoever fills the draft in is asked for it then
    :raises Invalid: the official did not serve in the unit on that day
    """
    unit, official = typed.subject_department, typed.subject_official
    day = typed.decided_on or local_day(now)
    name = unit.name_on(day)
    columns: dict[str, Any] = {
        "edited_on": local_day(now),
        "is_person": official is not None,
        "subject_department": unit,
        "subject_official": official,
        "subject_unit_name": name,
        "subject_code": unit.uscc,
        "subject_name": name,
        "subject_post": "",
    }
    if official is not None:
        columns |= {"subject_name": official.person.name, "subject_post": _post(typed, day=day, is_loose=is_loose)}
    return columns


def _post(typed: Filing, *, day: date, is_loose: bool) -> str:
    held = Post.objects.filter(
        holding_on(day, start="held_from", end="held_to"),
        official=typed.subject_official,
        department=typed.subject_department,
    )
    post = held.order_by("leadership_code", "held_from").first()
    if post is not None:
        return str(post.title)
    if is_loose or (typed.subject_official and typed.subject_official.department_id == typed.subject_department.pk):
        return ""
    raise Invalid(_("该人员在文书日期当天不在这个单位任职"), field="subject_official")


def _start_reporting(record: DishonestyRecord, *, now: datetime) -> None:
    """双公示: 7 working days from the document; a draft without its day has no such clock yet."""
    if record.decided_on is None:
        deadlines.close(obj=record, rule=REPORTING, now=now)
        return
    deadlines.start(
        obj=record,
        rule=REPORTING,
        started_on=record.decided_on,
        owner_role="clerk",
        owner_department=record.department,
        now=now,
    )


def edit(*, actor: User, record: DishonestyRecord, filing: Filing, version: int, now: datetime) -> DishonestyRecord:
    """
    Replace the content of a draft or returned record; this will leave the editor's hand on it.

    :raises Stale: the record has moved on since the form was opened
    :raises Incomplete: fields are not acceptable
    :raises Conflict: the document already made a record of this subject
    """
    changes = {**filings.columns(filing, now=now), **_subject(filing, now=now)}
    moved = changes["decided_on"] != record.decided_on

    def then(edited: DishonestyRecord) -> None:
        _check_first(edited)
        if moved:
            _start_reporting(edited, now=now)

    return RECORD.perform("edit", record, actor=actor, now=now, version=version, then=then, **changes)


def submit(*, actor: User, record: DishonestyRecord, version: int, now: datetime) -> DishonestyRecord:
    """
    Hand a complete record to the department's reviewer; this will keep its text as an edition and start the review clock.

    A record that was returned becomes the next edition, and everybody after the clerk judges it anew. The subject's code
    is the one the register gives that day.

    :raises Incomplete: something is missing, each field named (001 §三(二)1 for loss and impact)
    :raises Conflict: it was handed in already, or the document already made a record of this subject, with a link to it
    """
    again = record.state == RecordState.RETURNED

    def then(handed_in: DishonestyRecord) -> None:
        editions.keep(handed_in, actor=actor, why="", now=now)

    return RECORD.perform(
        "submit",
        record,
        actor=actor,
        now=now,
        version=version,
        then=then,
        edition=record.edition + 1 if again else record.edition,
        reviewer=None,
        filer_id=record.filer_id or actor.person_id,
        submitted_at=now,
        subject_code=corrections.registered_code(record) or record.subject_code,
    )


def recall(*, actor: User, record: DishonestyRecord, version: int, now: datetime) -> DishonestyRecord:
    """
    Take a record back to the draft before anybody else has opened it; this will stop the review clock.

    :raises NotAllowed: somebody else filed it
    :raises Conflict: the reviewer has opened it
    """
    return RECORD.perform("recall", record, actor=actor, now=now, version=version)
