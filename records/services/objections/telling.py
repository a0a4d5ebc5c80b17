"""Telling the applicant of every step of his objection: until when, why, and what he can do now."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Department
from records import words
from records.models import ON_RECORD, Objection, ObjectionDecision, ObjectionSupplement
from records.services.notifications import tell_concerned
from records.services.notifications.sending import LONGEST, cut
from records.services.objections import marks
from records.workflow.objections import clocks
from rules import deadlines, explaining


def accepted(objection: Objection, *, now: datetime) -> None:
    """Tell that it was accepted, and when it will be decided."""
    held = clocks.running(objection)
    until = words.day(held.due_on if held is not None else None)
    _tell(
        objection,
        _("异议%(number)s已受理，应于%(until)s前（含当日）作出决定") % {"number": objection.number, "until": until},
        now,
    )


def supplement(objection: Objection, notice: ObjectionSupplement, *, now: datetime) -> None:
    """Tell the last day, what follows when it passes, and everything that is missing, as far as a notice has room."""
    said = _("异议%(number)s须在%(until)s前补正（含当日），逾期未补正视为撤回。缺少：") % {
        "number": objection.number,
        "until": words.day(notice.due_on),
    }
    missing = "、".join(notice.items)
    if len(said) + len(missing) > LONGEST:
        rest = _("……等%d项，全部见案卷") % len(notice.items)
        missing = missing[: LONGEST - len(said) - len(rest)] + rest
    _tell(objection, said + missing, now)


def moved(objection: Objection, *, left: Department, why: str, now: datetime) -> None:
    """Tell that another office has it now, why, and until when that one answers."""
    held = clocks.owed(objection)
    said = _("异议%(number)s已由%(left)s转%(office)s办理：%(why)s。应于%(until)s前（含当日）办结这一步") % {
        "number": objection.number,
        "left": left.name,
        "office": objection.office.name,
        "why": why,
        "until": words.day(held.due_on if held is not None else None),
    }
    _tell(objection, said, now)


def not_accepted(objection: Objection, *, now: datetime) -> None:
    """Tell why it was not taken up, and the way there is instead; a long reason leaves room for the way."""
    head = _("异议%s不予受理。可以走的途径：") % objection.number
    way = cut(objection.remedy, LONGEST // 2)
    why = _("。理由：")
    room = LONGEST - len(head) - len(way) - len(why)
    _tell(objection, head + way.rstrip("。") + why + cut(objection.refusal_reason, room), now)


def lapsed(objection: Objection, *, now: datetime) -> None:
    """Tell that it counts as taken back, and that it can be raised again."""
    _tell(objection, _("异议%s逾期未补正，视为撤回；补齐以后可以重新提出") % objection.number, now)


def decided(objection: Objection, decision: ObjectionDecision, *, now: datetime) -> None:
    """Tell outcome and paper, and what one can do against it."""
    said = _("异议%(number)s已作出%(what)s（%(paper)s）：%(outcome)s。%(way)s") % {
        "number": objection.number,
        "what": _("复核决定") if decision.is_review else _("决定"),
        "paper": decision.document_number,
        "outcome": decision.get_outcome_display(),
        "way": _way(objection, decision),
    }
    _tell(objection, said, now)


def _way(objection: Objection, decision: ObjectionDecision) -> str:
    courts = _("可以依法申请行政复议或者提起行政诉讼")
    if decision.is_review or marks.fresh(objection).state not in ON_RECORD:
        return _("不服的，%s。") % courts
    until = clocks.review_until(objection)
    if until is None:
        period = explaining.amount(deadlines.derive(clocks.APPLY_FOR_REVIEW, decision.decided_on))
        return _("不服的，可以自决定送达之日起 %(period)s内申请复核一次，也%(courts)s。") % {
            "period": period,
            "courts": courts,
        }
    return _("不服的，可以在%(until)s前（含当日）申请复核一次，也%(courts)s。") % {
        "until": words.day(until),
        "courts": courts,
    }


def _tell(objection: Objection, text: str, now: datetime) -> None:
    tell_concerned(
        department=objection.subject_department,
        official=objection.subject_official,
        case=objection,
        text=text,
        now=now,
    )
