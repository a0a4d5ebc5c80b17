"""Archives, honours, credit checks and what a subject sees of himself."""

from django.utils.translation import gettext_lazy as _

from accounts.access import PLACE, SIGNED_IN
from accounts.rows.making import api, data, page

CHECKERS = frozenset({"clerk", "reviewer", "head", "personnel", "approver"})
_SEEN = _("个人档案供本人、本部门人事和负责人、牵头部门认定人看；单位档案供本单位、牵头部门和上级督导看")
_RESTRICTED = _("四项限制内容只供本部门人事查看和登记，每次查看须写用途和理由，记入日志")
_HONOURS = _("荣誉由本单位登记，另一人授予；授予以后上级也能看")
_CHECKS = _("信用核查由经办、审核、人事、负责人和牵头部门办理；干部任用核查只限人事和牵头部门")

ROWS = (
    page("archives:mine", {SIGNED_IN}, _("每个人只看到自己的，和自己代表的单位的")),
    page("archives:list", {"personnel", "head", "approver"}, _("诚信档案供人事、负责人和牵头部门在管辖范围内查找")),
    page(
        "archives:coverage",
        {"personnel", "head", "approver", "supervisor"},
        _("覆盖率在管辖范围内可看；缺档人员名单只供本部门人事"),
    ),
    page("archives:archive", {SIGNED_IN}, _SEEN),
    page("archives:of_official", {SIGNED_IN}, _SEEN),
    page("archives:of_unit", {SIGNED_IN}, _SEEN),
    page("archives:read_restricted", {"personnel"}, _RESTRICTED, PLACE),
    page("archives:write_restricted", {"personnel"}, _RESTRICTED, PLACE),
    data("archive.restricted", {"personnel"}, _RESTRICTED),
    page("archives:honours", {SIGNED_IN}, _HONOURS),
    page("archives:honour", {SIGNED_IN}, _HONOURS),
    page("archives:new_honour", {"clerk", "personnel"}, _("荣誉由本单位填报人或人事登记"), PLACE),
    page("archives:edit_honour", {"clerk", "personnel"}, _("荣誉由本单位填报人或人事登记"), PLACE),
    page("archives:propose_honour", {"clerk", "personnel"}, _("提请授予之前先做信用核查"), PLACE),
    page("archives:send_back_honour", {"head", "reviewer"}, _("荣誉由登记人以外的审核人或负责人授予"), PLACE),
    page("archives:grant_honour", {"head", "reviewer"}, _("荣誉由登记人以外的审核人或负责人授予"), PLACE),
    page("archives:withdraw_honour", {"head", "reviewer", "approver"}, _("撤销荣誉须写明理由"), PLACE),
    page("archives:checks", CHECKERS, _CHECKS),
    page("archives:check", CHECKERS, _CHECKS),
    page("archives:new_check", CHECKERS, _CHECKS),
    page("archives:decide_check", CHECKERS, _("办理结果由发起核查的单位登记，只登记一次"), PLACE),
    page("archives:add_report", CHECKERS, _("第三方信用报告由发起核查的单位附在结果后面"), PLACE),
    page("archives:report_file", CHECKERS, _("第三方信用报告供看得到这次核查的人下载")),
    api("records_api:checks", {"client:checks:write"}, _("信用核查接口须有 checks:write，只读得到自己的结果")),
    api("records_api:check", {"client:checks:write"}, _("信用核查接口须有 checks:write，只读得到自己的结果")),
    api("records_api:decide_check", {"client:checks:write"}, _("办理结果由发起核查的客户端登记，只登记一次")),
)
