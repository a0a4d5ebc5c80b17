"""Where a complaint stands, in the words of the public page: what is done, what comes next, who has it, by when; days only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import wording
from records.models import Complaint, ComplaintReceipt, ComplaintState, MessageKind
from records.services.intake import thread
from records.services.intake.thread import Said
from records.web.report import days
from records.workflow.complaints import clocks
from rules import deadlines
from rules.derivation import derive

S = ComplaintState
Words = tuple[str, str, str | Promise, str | Promise]
WORDS: dict[str, Words] = {
    S.RECEIVED: ("active", "dot", gettext_lazy("已收到"), gettext_lazy("正在登记，并分清归谁管。")),
    S.SCREENING: ("active", "dot", gettext_lazy("已收到"), gettext_lazy("正在分清归谁管。")),
    S.NOT_ACCEPTED: ("ended", "stop", gettext_lazy("没有受理"), gettext_lazy("为什么没有受理、可以去哪里反映，见下面的答复。")),
    S.TRANSFERRED: ("active", "half", gettext_lazy("已转交"), gettext_lazy("已转给有权办理的单位，不是被投诉的部门自己。")),
    S.ACCEPTED: ("active", "half", gettext_lazy("已受理"), gettext_lazy("正在安排办理人。")),
    S.INVESTIGATING: ("active", "half", gettext_lazy("核查中"), gettext_lazy("办理人正在核实情况，可能会在这里向您提问。")),
    S.VERIFIED_TRUE: ("active", "half", gettext_lazy("已查实"), gettext_lazy("正在由上级要求被投诉的部门改正。")),
    S.VERIFIED_PARTIAL: ("active", "half", gettext_lazy("部分查实"), gettext_lazy("正在由上级要求被投诉的部门改正。")),
    S.VERIFIED_FALSE: ("active", "half", gettext_lazy("核查完毕"), gettext_lazy("正在写给您的说明。")),
    S.RECTIFYING: ("active", "half", gettext_lazy("整改中"), gettext_lazy("上级已要求限期改正，改好以后在这里答复您。")),
    S.ANSWERED: ("done", "check", gettext_lazy("已答复"), gettext_lazy("答复在下面。您可以评价一次；没有评价的到期自动结束。")),
    S.RATED: ("done", "check", gettext_lazy("已评价"), gettext_lazy("您的评价已记下，这件事办结。")),
    S.CLOSED: ("ended", "stop", gettext_lazy("已办结"), gettext_lazy("答复在下面。")),
    S.WITHDRAWN: ("ended", "stop", gettext_lazy("已撤回"), gettext_lazy("这件投诉已经撤回。")),
}  # fmt: skip
CLOSED = frozenset({S.NOT_ACCEPTED, S.ANSWERED, S.RATED, S.CLOSED, S.WITHDRAWN})
BEFORE = frozenset({S.RECEIVED, S.SCREENING})


@dataclass(frozen=True)
class Standing:
    """What the thread page prints of one receipt's case."""

    tone: str
    icon: str
    word: str
    sentence: str
    object_name: str
    received_on: date
    events: list[dict[str, Any]]
    answers: list[Said]
    talk: list[Said]
    may_rate: bool
    is_satisfied: bool | None
    may_say: bool
    may_withdraw: bool
    is_running: bool
    taken_back: str = ""
    erased: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)


def of(receipt: ComplaintReceipt) -> Standing:
    """This will say where the case of a receipt stands; a merged one answers with the case it was joined to."""
    case, said = thread.main_of(receipt.complaint), thread.thread_of(receipt)
    rating = getattr(receipt, "rating", None)
    tone, icon, word, sentence = WORDS.get(case.state, WORDS[S.RECEIVED])
    return Standing(
        tone=tone,
        icon=icon,
        word=str(word),
        sentence="" if case.content_erased_on else str(sentence),
        object_name=receipt.complaint.object_name,
        received_on=receipt.complaint.received_on,
        events=_events(receipt.complaint, case),
        answers=[each for each in said if each.kind == MessageKind.ANSWER],
        talk=[each for each in said if each.kind != MessageKind.ANSWER],
        may_rate=case.state in thread.ANSWERED and rating is None,
        is_satisfied=rating.is_satisfied if rating else None,
        may_say=case.state not in thread.OVER and case.content_erased_on is None,
        may_withdraw=thread.may_withdraw(receipt.complaint) and not hasattr(receipt, "withdrawal"),
        is_running=case.state not in CLOSED,
        taken_back=_taken_back(receipt, case),
        erased=_erased(case),
    )


def _taken_back(receipt: ComplaintReceipt, case: Complaint) -> str:
    """What became of a withdrawal by this receipt: it waits for the night, has ended the case, or came too late."""
    if not hasattr(receipt, "withdrawal"):
        return ""
    day = wording.day(receipt.withdrawal.asked_on)
    if case.state == S.WITHDRAWN:
        return _("您于%(day)s撤回了这件投诉，办理到此为止。") % {"day": day}
    if thread.may_withdraw(receipt.complaint):
        return _("您于%(day)s撤回了这件投诉，当天夜里生效，在那以前办理人看不到。") % {"day": day}
    return _("您于%(day)s申请撤回，但当天已有核查结论或者已与他人的投诉并案，这件事继续办理。") % {"day": day}


def _erased(case: Complaint) -> str:
    """What is left of a case whose term of keeping is over: that it was deleted, and what was found."""
    if case.content_erased_on is None:
        return ""
    told = _("%(day)s，投诉内容、往来和附件已按保存期限删除，只保留办理结果。") % {
        "day": wording.day(case.content_erased_on)
    }
    return told + (_("核查结论：%s。") % case.get_outcome_display() if case.outcome else "")


def _events(sent: Complaint, case: Complaint) -> list[dict[str, Any]]:
    """The days behind, then those to come; a finished case has none to come."""
    past = [
        (sent.received_on, _("已收到"), ""),
        (case.accepted_on, _("已受理"), ""),
        (
            case.transferred_on,
            _("已转交%(office)s") % {"office": case.department.name},
            _("不会由被投诉的部门自己办。"),
        ),
        (case.verified_on, _("核查完毕"), ""),
        (case.answered_on, _("已答复"), ""),
        (case.closed_on, _("已办结"), ""),
    ]
    known = sorted((each for each in past if each[0] is not None), key=lambda each: each[0] or sent.received_on)
    told = [_event("past", day, title, text) for day, title, text in known if day is not None]
    if told:
        told[-1]["phase"] = "now" if case.state not in CLOSED else "past"
    return told if case.state in CLOSED else [*told, *_ahead(case)]


def _ahead(case: Complaint) -> list[dict[str, Any]]:
    ahead = []
    if case.state in BEFORE:
        due = derive(clocks.accept_rule(case), case.received_on).due_on
        ahead.append(_by(due, _("告诉您受理不受理、归谁办"), ""))
    running = {held.rule: held.due_on for held in deadlines.open_for(case)}
    result = next((running[rule] for rule in clocks.RESULT if running.get(rule)), None)
    longer = _("复杂的可以再延长一次，会在这里说明原因。")
    if case.is_simple:
        longer = _("按简易事项办理；当场办不了的转为普通程序，会在这里说明原因。")
    if result is not None:
        ahead.append(_by(result, _("查清并答复"), longer))
    else:
        ahead.append(
            {
                "phase": "future",
                "when": _("受理后 %(n)d 天内") % {"n": days.today()["finish"]},
                "title": _("查清并答复"),
                "text": longer,
            }
        )
    return ahead


def _event(phase: str, day: date, title: str, text: str) -> dict[str, Any]:
    return {"phase": phase, "when": wording.day(day), "iso": day.isoformat(), "title": title, "text": text}


def _by(day: date | None, title: str, text: str) -> dict[str, Any]:
    when = _("%(day)s前") % {"day": wording.day(day)} if day else _("尽快")
    return {"phase": "future", "when": when, "title": title, "text": text}
