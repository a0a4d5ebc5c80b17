"""The machine of a request to see who complained, or a file as it was sent: asked by who handles the case, decided by a custodian who cannot open it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.marks import Mark
from ledger.refusals import NotAllowed, Refused
from records.models import IdentityRequest, IdentityRequestState
from records.workflow.complaints import competence
from records.workflow.kinds import Ask, CaseKind
from records.workflow.lazily import lazily
from rules.clock import local_day
from rules.derivation import derive
from rules.workflow import Arrow, GuardContext, Machine, hands

S = IdentityRequestState
ASKED, CUSTODIAN = "asker", "custodian"
LAPSE = "proposal.lapse_days"


def another_person(ctx: GuardContext) -> Refused | None:
    """Refuse the one who asked, whoever serves the department complained about, and whoever has a hand in the case itself."""
    request: IdentityRequest = ctx.obj
    if ctx.actor.person_id == request.asked_by_id:
        return NotAllowed(_("不能由您办：您自己提出的申请须由别人决定"))
    if competence.serves(ctx.actor.person_id, request.complaint.object_department, ctx.now):
        return NotAllowed(_("不能由您办：您在被投诉单位任职，须由别的身份保管人决定"))
    if any(hand.person_id == ctx.actor.person_id for hand in hands.of(request.complaint)):
        return NotAllowed(_("不能由您办：您经手过这件投诉"))
    return None


def in_time(ctx: GuardContext) -> str | None:
    """Refuse a request nobody decided in time; whoever still needs it asks anew."""
    return _("申请已过期，请办理人重新申请") if has_lapsed(ctx.obj, ctx.now) else None


def has_lapsed(request: IdentityRequest, now: datetime) -> bool:
    """Say whether a request waited longer than a second signature may."""
    due = derive(LAPSE, local_day(request.asked_at)).due_on
    return due is not None and local_day(now) > due


IDENTITY: Machine[IdentityRequest] = Machine(
    IdentityRequest,
    (
        Arrow(
            "release",
            lazily("同意查看"),
            frozenset({S.ASKED}),
            S.RELEASED,
            ("custodian",),
            part=CUSTODIAN,
            four_eyes=True,
            guards=(another_person, in_time),
            needs_reason=True,
            consequence=lazily("用保管口令打开，只给申请人看，到期自动收回；每次查看都有记录。"),
        ),
        Arrow(
            "refuse",
            lazily("不同意"),
            frozenset({S.ASKED}),
            S.REFUSED,
            ("custodian",),
            part=CUSTODIAN,
            four_eyes=True,
            guards=(another_person, in_time),
            needs_reason=True,
            consequence=lazily("申请人看得到理由；不打开。"),
        ),
        Arrow(
            "lapse",
            lazily("到期收回"),
            frozenset({S.ASKED, S.RELEASED}),
            S.LAPSED,
            ("system",),
            consequence=lazily("没有按时决定的申请作废；同意看的到期收回。"),
        ),
    ),
    name="identity",
    label=lazily("查看身份或原件的申请"),
    noun=lazily("申请"),
    department_of=lambda request: request.department,
)


KIND = CaseKind(
    machine=IDENTITY,
    page="custody:request",
    list_page="custody:list",
    title=lambda request: title_of(request),
    number=lambda request: number_of(request),
    number_field="complaint__number",
    asks=(Ask((S.ASKED,), "custodian", lazily("决定是否同意查看"), action="release"),),
    marks={
        S.ASKED: Mark("wait", "ring", lazily("待保管人决定")),
        S.RELEASED: Mark("active", "dot", lazily("已同意，限时可看")),
        S.REFUSED: Mark("ended", "stop", lazily("不同意")),
        S.LAPSED: Mark("ended", "clock", lazily("已失效")),
    },
    drafts=(),
    related=("complaint", "file", "department", "asked_by", "decided_by"),
    is_sealed=True,
)


def title_of(request: IdentityRequest) -> str:
    """Return the heading of a request: what is asked for, and of which case."""
    asked = _("查看附件原件：%s") if request.file_id else _("查看投诉人身份：%s")
    return asked % number_of(request)


def number_of(request: IdentityRequest) -> str:
    """Return the number of the complaint, which is all a custodian learns of it; before its first night it has none."""
    return request.complaint.number or _("当日收到、尚未编号")
