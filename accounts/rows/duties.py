"""What a record in force sets going: situation reports, rectification, sanctions, accountability, mitigation."""

from django.utils.translation import gettext_lazy as _

from accounts.access import PLACE, SIGNED_IN, Row
from accounts.rows.making import page

UNIT, JUDGES = {"clerk", "head"}, {"supervisor", "approver"}
OWN = _("本单位的；督导看下级的；信用牵头部门看本地区的")
DONE = _("由承办单位的填报人或主要负责人办理")
JUDGED = _("由下达、接收单位或其上级的督导员办理，所涉单位的人员不得办")
CLAIMED = _("本人或本单位的；信用牵头部门看本地区的")
DECIDED = _("由信用牵头部门两人先后审查、决定，申请方的人员不得办")
TRACED = _("由上级督导员或信用牵头部门办理，提出和决定须是两人")

ROWS: tuple[Row, ...] = (
    page("duties:measures", {SIGNED_IN}, _("能看这条记录的人可以看它的惩戒措施")),
    page("duties:order", {"supervisor"}, _("限期整改由上级督导员下达"), PLACE),
    page("duties:name", {"clerk", "approver"}, _("责任人员由填报单位或信用牵头部门列明"), PLACE),
    page("duties:open_accountability", JUDGES, TRACED, PLACE),
    page("duties:claim", {SIGNED_IN}, _("从轻或免于惩戒由被记录的单位或本人提出")),
    page("duties:situations", {SIGNED_IN}, OWN),
    page("duties:situation", {SIGNED_IN}, OWN),
    page("duties:write", UNIT, DONE, PLACE),
    page("duties:submit_report", {"head"}, _("情况报告由主要负责人签报"), PLACE),
    page("duties:accept_report", JUDGES, JUDGED, PLACE),
    page("duties:return_report", JUDGES, JUDGED, PLACE),
    page("duties:rectifications", {SIGNED_IN}, OWN),
    page("duties:rectification", {SIGNED_IN}, OWN),
    page("duties:rectification_file", {SIGNED_IN}, OWN),
    page("duties:receive", UNIT, DONE, PLACE),
    page("duties:begin", UNIT, DONE, PLACE),
    page("duties:answer", UNIT, DONE, PLACE),
    page("duties:attach", UNIT, DONE, PLACE),
    page("duties:request_extension", {"head"}, _("延期由主要负责人申请"), PLACE),
    page("duties:submit", UNIT, DONE, PLACE),
    page("duties:grant_extension", JUDGES, JUDGED, PLACE),
    page("duties:refuse_extension", JUDGES, JUDGED, PLACE),
    page("duties:judge", JUDGES, JUDGED, PLACE),
    page("duties:order_again", JUDGES, JUDGED, PLACE),
    page("duties:refuse", JUDGES, JUDGED, PLACE),
    page("duties:responsibilities", {SIGNED_IN}, OWN),
    page("duties:responsibility", {SIGNED_IN}, OWN),
    page("duties:remove_responsibility", {"clerk", "approver"}, _("责任人员由填报单位或信用牵头部门列明"), PLACE),
    page("duties:propose_draft", {"clerk"}, _("个人记录由填报人提出、审核人签署后起草"), PLACE),
    page("duties:sign_draft", {"clerk", "reviewer"}, _("个人记录由填报人提出、审核人签署后起草"), PLACE),
    page("duties:accountabilities", {SIGNED_IN}, OWN),
    page("duties:accountability", {SIGNED_IN}, OWN),
    page("duties:trace", JUDGES, TRACED, PLACE),
    page("duties:drop", JUDGES, TRACED, PLACE),
    page("duties:find", JUDGES, TRACED, PLACE),
    page("duties:return_finding", JUDGES, TRACED, PLACE),
    page("duties:decide", JUDGES, TRACED, PLACE),
    page("duties:transfer", JUDGES, TRACED, PLACE),
    page("duties:close_accountability", JUDGES, TRACED, PLACE),
    page("duties:mitigations", {SIGNED_IN}, CLAIMED),
    page("duties:mitigation", {SIGNED_IN}, CLAIMED),
    page("duties:mitigation_file", {SIGNED_IN}, CLAIMED),
    page("duties:take_up", JUDGES, DECIDED, PLACE),
    page("duties:lighten", JUDGES, DECIDED, PLACE),
    page("duties:waive", JUDGES, DECIDED, PLACE),
    page("duties:refuse_claim", JUDGES, DECIDED, PLACE),
)
