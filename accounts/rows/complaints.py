"""Complaints: the public form, the receipt, and those who handle them."""

from django.utils.translation import gettext_lazy as _

from accounts.access import ANONYMOUS
from accounts.rows.making import OPEN, page

READERS = frozenset({"approver", "handler", "reviewer", "head", "supervisor"})
_SEEN = _("牵头部门看由它甄别的，办理单位看交给它的，上级看查实的；被投诉单位的人一件也看不到")
_SCREENING = _("甄别属于被投诉单位以外的信用牵头部门")
_HANDLING = _("核查由指定的办理人办，另一人复核；被投诉单位的人不能办理")
_CORPS = _("社会监督员由聘任单位登记")
_CHANNELS = _("渠道由负责它的单位或信用牵头部门登记")
_MEDIA = _("媒体线索由涉及单位上级的信用牵头部门登记和核实")

ROWS = (
    page("complaints:list", READERS, _SEEN),
    page("complaints:complaint", READERS, _SEEN),
    page("complaints:evidence", READERS, _SEEN),
    page("complaints:paper", READERS, _SEEN),
    page("complaints:new", {"handler", "approver", "supervisor"}, _("电话、信箱、窗口来的由工作人员登记")),
    page("complaints:statistics", {"approver", "supervisor"}, _("牵头部门和上级看本地区的件数，不含自己任职的单位")),
    *(
        page(f"complaints:{name}", {"approver"}, _SCREENING)
        for name in ("screen", "accept", "relate", "transfer", "not_accept", "merge", "mark_malicious")
    ),
    page("complaints:hand_back", {"reviewer", "handler", "head"}, _("接到转办的单位可以说明理由退回")),
    page("complaints:assign", {"approver", "reviewer", "head"}, _("办理单位指定办理人")),
    *(
        page(f"complaints:{name}", {"handler"}, _HANDLING)
        for name in (
            "investigate", "findings", "attach", "verify_true", "verify_partial", "verify_false", "answer",
        )
    ),
    page("complaints:proposal", {"handler", "reviewer"}, _HANDLING),
    page("complaints:extend", {"head", "approver"}, _("延期由主要负责人批准")),
    page("complaints:make_ordinary", {"approver", "handler"}, _("转为普通程序由受理或办理的人决定")),
    page("complaints:order", {"supervisor", "approver"}, _("责令整改属于被投诉单位的上级")),
    page("complaints:confirm_default", {"supervisor", "approver"}, _("确认违约失信属于被投诉单位的上级")),
    page("complaints:withdraw", {"approver", "handler"}, _("举报人撤回由办理的人登记")),
    page("complaints:write", {"approver", "handler", "reviewer", "head"}, _("写信给举报人属于办理的人")),
    page("complaints:clues", {"monitor"}, _("社会监督员看自己提交的线索")),
    page("complaints:clue", {"monitor"}, _("聘期内的社会监督员可以提交线索")),
    *(page(f"complaints:{name}", {"personnel", "head", "approver"}, _CORPS) for name in ("corps", "appoint", "term")),
    *(
        page(f"complaints:{name}", {"approver", "head"}, _CHANNELS)
        for name in ("channels", "channel_new", "channel")
    ),
    *(
        page(f"complaints:{name}", {"approver", "handler"}, _MEDIA)
        for name in ("media", "media_new", "media_check", "media_join", "media_clip", "media_file")
    ),
    page("report:channels", {ANONYMOUS}, OPEN),
)  # fmt: skip
