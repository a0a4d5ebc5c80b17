"""Credit repair, by the subject and by those who decide it."""

from django.utils.translation import gettext_lazy as _

from accounts.access import PLACE, SIGNED_IN
from accounts.rows.making import page

_APPLICANT = _("修复由被记录的单位或本人申请；纸质申请由窗口代录")
_OFFICE = _("材料核对、核实和拟办属于信用牵头部门，经手过该记录的人不得办理")
_DECIDER = _("决定由没有经手该记录和该申请的认定人作出")

ROWS = (
    page("repairs:list", {SIGNED_IN}, _("申请人看自己的；信用牵头部门看本地区已提交的")),
    page("repairs:repair", {SIGNED_IN}, _("申请人看自己的；信用牵头部门看本地区已提交的")),
    page("repairs:file", {SIGNED_IN}, _("能看这件申请的人可以下载它的材料")),
    page("repairs:before", {SIGNED_IN}, _("能看这条记录的人可以看能不能修复、何时修复")),
    page("repairs:apply", {SIGNED_IN}, _APPLICANT),
    page("repairs:edit", {SIGNED_IN}, _APPLICANT),
    page("repairs:give", {SIGNED_IN}, _APPLICANT),
    page("repairs:take_out", {SIGNED_IN}, _APPLICANT),
    page("repairs:submit", {SIGNED_IN}, _APPLICANT),
    page("repairs:supply", {SIGNED_IN}, _APPLICANT),
    page("repairs:withdraw", {SIGNED_IN}, _APPLICANT),
    page("repairs:paper", {"appeals"}, _OFFICE, PLACE),
    page("repairs:accept", {"appeals"}, _OFFICE, PLACE),
    page("repairs:ask_supplement", {"appeals"}, _OFFICE, PLACE),
    page("repairs:not_accept", {"appeals"}, _OFFICE, PLACE),
    page("repairs:forward", {"appeals"}, _OFFICE, PLACE),
    page("repairs:draft_decision", {"appeals"}, _OFFICE, PLACE),
    page("repairs:extend", {"appeals"}, _("延期由承办人提请、本单位主要负责人批准"), PLACE),
    page("repairs:approve", {"approver"}, _DECIDER, PLACE),
    page("repairs:refuse", {"approver"}, _DECIDER, PLACE),
    page("repairs:revoke", {"approver"}, _("撤销修复由两名认定人先后签署"), PLACE),
    page("repairs:proposal", {"appeals", "head", "approver"}, _("提议由能签署的人和提议人看"), PLACE),
    page("repairs:delist", {"clerk", "approver"}, _("法院移出名单由填报单位或牵头部门登记"), PLACE),
)
