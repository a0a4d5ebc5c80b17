"""The rules before publication: the policy of the class, the text scan, and the closed door before officials."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ledger.refusals import Conflict, Invalid, Refused
from records import words
from records.models import UNDER_WAY, DishonestyRecord, Objection, RecordState
from records.workflow.filing import LABELS
from records.workflow.names import names_of
from rules import codes, discipline, disclosure_policy, parameters, scan
from rules.clock import local_day
from rules.disclosure_policy import Period, Policy
from rules.workflow import GuardContext

STOPPED = "stopped"
"""What ``ended_as`` says of a record that stays in force while its disclosure was stopped on an objection."""

SUSPENDED = "suspended"
"""What it says of a record that was shown and is not, while an objection to it is open."""

SUSPENDS = "objection.suspend_disclosure"
SCANNED = ("document_name", "facts", "issuer_name")


@dataclass(frozen=True)
class Found:
    """A hit of the text scan in one field; `key` names it in a form."""

    field: str
    label: str
    kind: str
    start: int
    end: int
    text: str
    sentence: int
    answered: str = ""  # why it is a false hit, where somebody said so

    @property
    def key(self) -> str:
        """Name the hit within its record and edition."""
        return f"{self.field}:{self.kind}:{self.start}:{self.end}"

    @property
    def what(self) -> tuple[str, str, str]:
        """Say what was found, wherever in the field it stands."""
        return self.field, self.kind, self.text


def hits(record: DishonestyRecord) -> list[Found]:
    """Return every hit in the fields that would be shown, with the answers given to them in this edition."""
    answers = {
        (given.field, given.kind, given.start, given.end): given.reason
        for given in record.scan_acknowledgements.filter(edition=record.edition)
    }
    found, names = [], names_of(record)
    for field in SCANNED:
        for hit in scan.find(getattr(record, field), names=names):
            answer = answers.get((field, hit.kind, hit.start, hit.end), "")
            found.append(Found(field, str(LABELS[field]), hit.kind, hit.start, hit.end, hit.text, hit.sentence, answer))
    return found


def open_hits(record: DishonestyRecord) -> list[Found]:
    """Return the hits nobody has answered yet; while there is one, nothing is published."""
    return [hit for hit in hits(record) if not hit.answered]


def policy_of(record: DishonestyRecord) -> Policy:
    """
    Return the disclosure policy of a record, chosen by the day of the recognising document.

    :raises rules.disclosure_policy.NoPolicy: the rules do not cover the class and day
    """
    return disclosure_policy.choose(
        source_type=record.source_type,
        severity=record.severity,
        recognised_on=words.settled(record.decided_on),
        is_person=record.is_person,
        safety=any(_is_safety(area, words.settled(record.decided_on)) for area in record.key_areas),
    )


def _is_safety(area: str, on: date) -> bool:
    """Say whether an area is one that Order 58 shows longer: special equipment, work safety, fire."""
    entry = codes.find("key_area", area, on)
    return bool(entry and entry.facts.get("is_safety"))


def period_of(record: DishonestyRecord, policy: Policy) -> Period:
    """
    Return the days the record may be shown, counted from its document: a late recognition never lengthens exposure.

    An official is shown only while the discipline has effect (domain 2.2).
    """
    start = words.settled(record.decided_on)
    if not (record.is_person and record.discipline):
        return disclosure_policy.period(policy, start)
    ends = discipline.effect_ends_on(record.discipline, decided_on=start)
    return Period(start, ends, start)


def scan_is_clean(ctx: GuardContext) -> Refused | None:
    """Refuse while the text holds what must not be public: numbers, telephones, cards, plates, addresses, names."""
    found = open_hits(ctx.obj)
    if not found:
        return None
    told = "、".join(f"{hit.label}：{hit.text}" for hit in found[:5])
    return Conflict(
        _("文字扫描有 %(count)d 处命中，遮去或说明之前不能公示（%(told)s）") % {"count": len(found), "told": told},
        field="facts",
    )


def concerns_a_unit(ctx: GuardContext) -> str | None:
    """Keep records of natural persons from the ordinary door."""
    return _("个人记录默认不公示，须有公示依据并由两名认定人先后签署") if ctx.obj.is_person else None


def concerns_an_official(ctx: GuardContext) -> str | None:
    """Keep the two-signature door for natural persons."""
    return None if ctx.obj.is_person else _("单位记录按公示办理，不走个人公示签署")


def not_stopped(ctx: GuardContext) -> str | None:
    """Show nothing again that was taken down on an objection; what has ended never returns to the public site."""
    return _("公示已依异议处理决定停止，不再公示") if ctx.obj.ended_as == STOPPED else None


def suspends(objection: Objection) -> bool:
    """Say whether an objection suspends disclosure: by the rules of the day it was accepted, through its review."""
    return objection.accepted_on is not None and suspends_from(objection.accepted_on)


def suspends_from(day: date) -> bool:
    """Say whether an objection accepted on that day suspends disclosure."""
    return bool(parameters.value(SUSPENDS, on=day))


def is_suspending(record: DishonestyRecord) -> bool:
    """Say whether an objection that suspends disclosure is open on the record."""
    return any(suspends(each) for each in record.objections.filter(state__in=UNDER_WAY))


def not_suspended(ctx: GuardContext) -> str | None:
    """Show nothing while an objection suspends disclosure; what was shown comes back by itself when it is closed."""
    if ctx.obj.ended_as != SUSPENDED and not is_suspending(ctx.obj):
        return None
    return _("异议处理期间暂停公示；异议办结以后，记录仍然成立的才能公示")


def is_suspended(ctx: GuardContext) -> str | None:
    """Take up again only what was suspended, once its objection is closed."""
    if ctx.obj.is_objected:
        return _("异议还没有办结，不能恢复公示")
    return None if ctx.obj.ended_as == SUSPENDED else _("公示没有因异议暂停")


def on_the_site(ctx: GuardContext) -> str | None:
    """Stop only what is shown, or would be shown again."""
    return None if is_shown_or_suspended(ctx.obj) else _("记录没有在公示，不能停止公示")


def is_shown_or_suspended(record: DishonestyRecord) -> bool:
    """Say whether the record is shown, or is kept off the site by an open objection only."""
    return record.state == RecordState.DISCLOSED or record.ended_as == SUSPENDED


def may_return(record: DishonestyRecord, *, on: date) -> bool:
    """Say whether what was shown once may be shown again: a person's record only where the region allows it."""
    return not record.is_person or bool(parameters.value("official.public_disclosure_enabled", on=on))


def period_running(ctx: GuardContext) -> str | None:
    """Publish nothing whose last lawful day has passed, and nothing without a last day."""
    last = ctx.obj.period_until
    if last is None:
        return _("本记录没有可以公示的期限：个人记录的公示期以处分影响期为限")
    return _("可以公示的最后一天是%s，已过") % words.day(last) if local_day(ctx.now) > last else None


def decided_explicitly(ctx: GuardContext) -> Refused | None:
    """Ask for a reason where the policy would not publish by itself (轻微 and others, domain 2.2)."""
    if ctx.offering or policy_of(ctx.obj).publish_by_default or str(ctx.changes.get("publication_reason", "")).strip():
        return None
    return Invalid(_("这一等级默认不公示；决定公示须写明理由"), field="reason")


def officials_are_open(ctx: GuardContext) -> Refused | str | None:
    """Open the door to officials' records only by parameter, with a basis that permits it (PIPL arts 25, 34)."""
    today = local_day(ctx.now)
    if not parameters.value("official.public_disclosure_enabled", on=today):
        return _("本地区没有开通个人记录公示")
    if ctx.offering or "publication_basis" not in ctx.changes:
        return None
    entry = codes.find("legal_basis", str(ctx.changes["publication_basis"]), today)
    if entry is None or not entry.facts.get("permits_person"):
        return Invalid(_("须选择允许公示个人信息的法律依据"), field="basis")
    return None


def still_clean_when_corrected(ctx: GuardContext) -> Refused | None:
    """Let no correction carry into the open what the scan would have held back."""
    return unclean(ctx.obj, ctx.changes.get("content", ctx.changes))


def unclean(record: DishonestyRecord, changed: Mapping[str, Any]) -> Refused | None:
    """
    Return the refusal of changed words that bring in what must not be public, or None.

    What the record holds already may be left for a later correction, since the scan keeps the record from the public
    until then; of what the public reads, or would read again, only what somebody answered may stay.
    """
    public = is_shown_or_suspended(record)
    known = {hit.what for hit in hits(record) if hit.answered or not public}
    names = names_of(record)
    for field in SCANNED:
        for hit in scan.find(str(changed.get(field, "")), names=names):
            if (field, hit.kind, hit.text) not in known:
                return Conflict(
                    _("更正后的“%(label)s”含有不得公示的内容：%(text)s") % {"label": LABELS[field], "text": hit.text},
                    field=field,
                )
    return None


def unfit(record: DishonestyRecord, words: str, *, field: str) -> Refused | None:
    """Return the refusal of a sentence the public page would print while it holds what must not be public, or None."""
    found = scan.find(words, names=names_of(record))
    if not found:
        return None
    told = "、".join(f"{hit.label}：{hit.text}" for hit in found[:5])
    return Conflict(_("这段话会公开，其中有不得公开的内容（%s），请改写") % told, field=field)
