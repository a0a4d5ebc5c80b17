"""The machine of an inquiry with the unit that provided the record: asked, answered within its own period."""

from __future__ import annotations

from django.utils.translation import gettext as _now

from accounts import act_names
from ledger.refusals import NotAllowed, Refused
from records.models import InquiryState, ProviderInquiry
from records.workflow.lazily import lazily as _
from records.workflow.objections import clocks
from rules.workflow import Arrow, GuardContext, Machine, Starts

S = InquiryState
PROVIDERS = ("clerk", "head")
REPLY = Starts(clocks.REPLY, owner_role="clerk")


def not_of_the_office(ctx: GuardContext) -> Refused | None:
    """Refuse an answer by whoever handles the objection himself."""
    objection = ctx.obj.objection
    if ctx.actor.person_id in (objection.handler_id, ctx.obj.asked_by_id):
        return NotAllowed(_now("不能由您办：您是这件异议的处理人"))
    return None


INQUIRY: Machine[ProviderInquiry] = Machine(
    ProviderInquiry,
    (
        Arrow(
            "answer",
            _("回复核实函"),
            frozenset({S.ASKED}),
            S.ANSWERED,
            PROVIDERS,
            guards=(not_of_the_office,),
            closes=(clocks.REPLY,),
            consequence=_("回复交异议处理人；请附上来源文书和办理过程中的材料。"),
            law=_("河南省社会信用条例第四十一条"),
        ),
        Arrow(
            "lapse",
            _("未回复即办结"),
            frozenset({S.ASKED}),
            S.LAPSED,
            ("system",),
            closes=(clocks.REPLY,),
            consequence=_("异议已经办结，不再等回复。"),
        ),
    ),
    name="inquiry",
    label=_("核实函"),
    noun=_("核实函"),
    department_of=lambda inquiry: inquiry.department,
)
act_names.register_arrows("inquiry", {"ask": _("发出核实函")})
