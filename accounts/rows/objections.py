"""Objections, by the subject and by those who handle them."""

from django.utils.translation import gettext_lazy as _

from accounts.access import PLACE, SIGNED_IN, Row
from accounts.rows.making import page

_READ = _("申请人看自己的；办理的牵头部门看本地区的；提供单位看自己记录被提出的，审核过该记录的人除外")
_APPLICANT = _("异议由被记录的单位或者本人提出和撤回；纸面提出的由异议处理人代为登记")
_OFFICE = _("异议由承办牵头部门中没有经手过该记录的异议处理人办理，提出意见的人不能决定")
_INQUIRY = _("核实函由提供单位回复，承办的牵头部门可看")

ROWS: tuple[Row, ...] = (
    *(page(f"objections:{name}", {SIGNED_IN}, _READ) for name in ("list", "mine", "objection", "file")),
    *(
        page(f"objections:{name}", {SIGNED_IN}, _APPLICANT)
        for name in (
            "new", "edit", "submit", "supplement", "withdraw", "attach", "detach", "request_review", "request_notice",
        )
    ),
    *(
        page(f"objections:{name}", {"appeals"}, _OFFICE, PLACE)
        for name in (
            "register", "accept", "ask_supplement", "not_accept", "check_platform", "ask_provider", "pause", "resume",
            "draft", "query_draft", "decide", "extend", "serve", "uphold_review", "dismiss_review",
        )
    ),
    page("objections:proposal", {"appeals", "head"}, _("延期由主要负责人批准，复核决定由第二名复核人签署"), PLACE),
    *(
        page(f"objections:{name}", {"clerk", "head", "approver", "appeals"}, _INQUIRY)
        for name in ("inquiries", "inquiry", "inquiry_file")
    ),
    page("objections:answer", {"clerk", "head"}, _INQUIRY, PLACE),
)  # fmt: skip
