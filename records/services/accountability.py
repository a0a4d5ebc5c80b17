"""责任追究: opened for records, traced back to who held the post at the time of the act, found, decided, handed over, closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts import recusals, scope
from accounts.models import Department, Official, User
from ledger import acts
from ledger.refusals import Invalid, NotAllowed
from records.models import (
    RECOGNISED,
    AccountabilityCase,
    AccountabilityPerson,
    AccountabilityRecord,
    DishonestyRecord,
    ResponsibilityState,
)
from records.selectors.duties import tracing
from records.services import remarks
from records.workflow import writing
from records.workflow.duties.accountability import ACCOUNTABILITY
from records.workflow.duties.guards import JUDGES
from rules import codes
from rules.clock import local_day
from rules.numbers import serials
from rules.workflow import hands

SERIAL, MEASURES, KINDS = "accountability", "accountability_measure", "responsibility"
TEXT_LIMIT = 2000


@dataclass(frozen=True)
class Result:
    """What was found of one person, and the measure proposed from the list."""

    finding: str
    measure: str


def open_case(
    *, actor: User, records: Iterable[DishonestyRecord], acted_on: date, cause: str, now: datetime
) -> AccountabilityCase:
    """
    Open a case about the persons behind records of one unit; this will propose who held the post on the day of the act.

    :param acted_on: the day of the act, not of its discovery (002 §三(三))
    :raises NotAllowed: the actor does not supervise the unit, or works in it
    :raises Invalid: no record in force once, of several units, or the day lies in the future
    """
    held = list(records)
    today = local_day(now)
    words = writing.required(cause, field="cause", label=_("追责事由"), limit=TEXT_LIMIT, least=5)
    unit = _unit(held)
    if acted_on > today:
        raise Invalid(_("行为日期不能晚于今天"), field="acted_on")
    with acts.act(kind="accountability.open", actor=actor, role="supervisor", now=now) as act:
        case = AccountabilityCase(
            department=unit,
            opened_by=_office(actor, unit, now),
            opened_on=today,
            acted_on=acted_on,
            cause=words,
            opener_id=actor.person_id,
        )
        _check_opener(case, actor, now)
        case.number = serials.take(department=unit.credit_lead() or unit, kind=SERIAL, year=today.year)
        case.save(force_insert=True)
        act.about(case)
        hands.lay(actor=actor, obj=case, part="filer", noun=str(ACCOUNTABILITY.noun), now=now)
        for record in held:
            AccountabilityRecord(case=case, record=record).save()
        _propose(case, held)
    return case


def _unit(records: list[DishonestyRecord]) -> Department:
    units = {record.subject_department_id for record in records}
    if not records or any(record.state not in RECOGNISED for record in records):
        raise Invalid(_("请选择已经认定的记录"), field="records")
    if len(units) > 1:
        raise Invalid(_("一件追责只针对一个单位的记录"), field="records")
    return records[0].subject_department


def refusal(*, actor: User, unit: Department, now: datetime) -> str | None:
    """Say why somebody may not open a case about a unit, or None; the page asks it for its button."""
    if not any(scope.covers(user=actor, role=role, department=unit, now=now) for role in JUDGES):
        return _("不能由您办：责任追究由上级督导员或信用牵头部门提出")
    if any(grant.department_id == unit.pk for grant in actor.grants(now)):
        return _("不能由您办：您是本事项所涉单位的人员")
    return recusals.between(person_id=actor.person_id, department=unit, now=now)


def _check_opener(case: AccountabilityCase, actor: User, now: datetime) -> None:
    if why := refusal(actor=actor, unit=case.department, now=now):
        raise NotAllowed(why)
    arrow = ACCOUNTABILITY.arrows["trace"]
    if why := ACCOUNTABILITY.standing_of(case, actor, now).refusal(arrow, None, now, arrow.roles):
        raise NotAllowed(why)


def _office(actor: User, unit: Department, now: datetime) -> Department:
    grants = [grant for grant in actor.grants(now) if grant.role in JUDGES and scope.reaches(grant, unit)]
    return grants[0].department if grants else unit


def _propose(case: AccountabilityCase, records: list[DishonestyRecord]) -> None:
    """The head of the day, and whoever the records name as responsible: by the posts of the day, not today's."""
    that_day = {each.official.pk: each for each in tracing.holders(case.department, on=case.acted_on)}
    kinds = {key: each.kind for key, each in that_day.items() if each.kind == tracing.HEAD}
    for record in records:
        named = record.responsibilities.exclude(state=ResponsibilityState.REMOVED)
        kinds |= {key: kind for key, kind in named.values_list("official_id", "kind") if key in that_day}
    for key, kind in kinds.items():
        _add(case, that_day[key], kind)


def _add(case: AccountabilityCase, holder: tracing.Holder, kind: str) -> AccountabilityPerson:
    person = AccountabilityPerson(
        case=case,
        official=holder.official,
        department=holder.department,
        post_title=holder.post_title,
        held_from=holder.held_from,
        held_to=holder.held_to,
        kind=kind,
    )
    person.save(force_insert=True)
    return person


def add_person(
    *, actor: User, case: AccountabilityCase, official: Official, kind: str, version: int, now: datetime
) -> AccountabilityCase:
    """
    Add somebody who held a post in the unit on the day of the act, wherever he works today.

    :raises Invalid: he held none that day, or stands in the case already
    """
    codes.entry(KINDS, kind, local_day(now))
    that_day = {each.official.pk: each for each in tracing.holders(case.department, on=case.acted_on)}
    holder = that_day.get(official.pk)
    if holder is None:
        raise Invalid(_("该人员在行为发生当天不在这个单位任职"), field="official")

    def then(held: AccountabilityCase) -> None:
        named = held.persons.filter(official=official).first()
        if named is None:
            _add(held, holder, kind)
            return
        if not named.removed_because:
            raise Invalid(_("已经列明这名人员"), field="official")
        named.kind, named.removed_because = kind, ""
        named.save()

    return ACCOUNTABILITY.perform("trace", case, actor=actor, now=now, version=version, then=then)


def drop_person(
    *, actor: User, case: AccountabilityCase, person: UUID, reason: str, version: int, now: datetime
) -> AccountabilityCase:
    """
    Leave somebody out with the reason; the row stays.

    :raises Invalid: no reason, or he is not in the case
    """
    said = writing.required(reason, field="reason", label=_("理由"), limit=remarks.LIMIT)

    def then(held: AccountabilityCase) -> None:
        named = held.persons.filter(pk=person, removed_because="").first()
        if named is None:
            raise Invalid(_("本案没有这名人员"), field="person")
        named.removed_because = said
        named.save()
        remarks.note(held, actor=actor, action="trace", text=said, now=now)

    return ACCOUNTABILITY.perform("trace", case, actor=actor, now=now, version=version, then=then)


def find(
    *,
    actor: User,
    case: AccountabilityCase,
    results: Mapping[UUID, Result],
    finding: str,
    version: int,
    now: datetime,
) -> AccountabilityCase:
    """
    Propose what should come of it for every person; another will decide.

    :param results: by the key of the person's row in the case
    :raises Invalid: a measure is not on the list, or a text is missing
    """
    said = writing.clean(finding, field="finding", label=_("核查结论"), limit=TEXT_LIMIT, lines=True)
    with acts.act(kind="accountability.results", actor=actor, role="supervisor", obj=case, now=now):
        held = ACCOUNTABILITY.lock(case)
        for person in held.persons.filter(removed_because=""):
            if result := results.get(person.pk):
                _keep(person, result, now=now)
        return ACCOUNTABILITY.perform(
            "find",
            case,
            actor=actor,
            now=now,
            version=version,
            then=lambda found: remarks.note(found, actor=actor, action="find", text=said[: remarks.LIMIT], now=now),
            finder_id=actor.person_id,
            finding=said,
        )


def _keep(person: AccountabilityPerson, result: Result, *, now: datetime) -> None:
    field = f"finding_{person.pk.hex}"
    codes.entry(MEASURES, result.measure, local_day(now))
    person.finding = writing.required(result.finding, field=field, label=_("核查情况"), limit=TEXT_LIMIT)
    person.measure = result.measure
    person.save()


def send_back(*, actor: User, case: AccountabilityCase, reason: str, version: int, now: datetime) -> AccountabilityCase:
    """Send the proposal back to whoever made it; this will keep the reason. `find` opens again."""
    said = remarks.clean(reason)
    return ACCOUNTABILITY.perform(
        "send_back",
        case,
        actor=actor,
        now=now,
        version=version,
        reason=said,
        then=lambda held: remarks.note(held, actor=actor, action="send_back", text=said, now=now),
    )


def decide(*, actor: User, case: AccountabilityCase, note: str, version: int, now: datetime) -> AccountabilityCase:
    """
    Decide as proposed.

    :raises NotAllowed: the actor opened or found it, is named in it, or works in the unit
    """
    said = remarks.clean(note, field="note", label=_("意见"))
    return ACCOUNTABILITY.perform(
        "decide",
        case,
        actor=actor,
        now=now,
        version=version,
        then=lambda held: remarks.note(held, actor=actor, action="decide", text=said, now=now),
        decider_id=actor.person_id,
        decided_on=local_day(now),
    )


def transfer(
    *, actor: User, case: AccountabilityCase, organ: str, number: str, version: int, now: datetime
) -> AccountabilityCase:
    """
    Hand those decided to be handed over to the supervision organ; this will wait for its answer.

    :param number: document number of the letter
    :raises Invalid: no organ or no number
    :raises Conflict: nobody was decided to be handed over
    """
    to = writing.required(organ, field="organ", label=_("监察机关"), limit=200, lines=False)
    letter = writing.required(number, field="number", label=_("移送函文号"), limit=128, lines=False)
    return ACCOUNTABILITY.perform(
        "transfer",
        case,
        actor=actor,
        now=now,
        version=version,
        then=lambda held: remarks.note(held, actor=actor, action="transfer", text=f"{to} {letter}", now=now),
        transferred_to=to,
        transfer_number=letter,
        transferred_on=local_day(now),
    )


def close(
    *, actor: User, case: AccountabilityCase, result: str, version: int, now: datetime, answer: str = ""
) -> AccountabilityCase:
    """
    Close with what was done; somebody's new post closes nothing (002 §三(三)).

    :param answer: what the supervision organ answered, where the case was handed over
    :raises Invalid: no result, or no answer where one is owed
    :raises Conflict: what was decided to be handed over was not
    """
    said = writing.required(result, field="reason", label=_("落实情况"), limit=remarks.LIMIT)
    told = writing.clean(answer, field="answer", label=_("监察机关反馈"), limit=remarks.LIMIT, lines=True)
    return ACCOUNTABILITY.perform(
        "close",
        case,
        actor=actor,
        now=now,
        version=version,
        reason=said,
        then=lambda held: remarks.note(held, actor=actor, action="close", text=said, now=now),
        result=said,
        answer=told,
        closed_on=local_day(now),
    )
