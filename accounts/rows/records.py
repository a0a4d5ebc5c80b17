"""The dishonesty record, the start page and the search of the staff site."""

from django.utils.translation import gettext_lazy as _

from accounts.access import PLACE, SIGNED_IN
from accounts.rows.making import api, page

ROWS = (
    page("records:inbox", {SIGNED_IN}, _("每个人只看到等自己办的事")),
    page("records:search", {SIGNED_IN}, _("只查得到自己能看的记录；个人不能按姓名查")),
    page(
        "records:list",
        {SIGNED_IN},
        _("本单位的全部；牵头部门看本地区的；被记录的看送达以后的；督导和异议处理看已认定的"),
    ),
    page(
        "records:record",
        {SIGNED_IN},
        _("本单位的全部；牵头部门看本地区的；被记录的看送达以后的；督导和异议处理看已认定的"),
    ),
    page("records:notice", {SIGNED_IN}, _("能看这条记录的人可以看告知书")),
    page("records:download", {SIGNED_IN}, _("能看这条记录的人可以下载它的附件")),
    page("records:state", {SIGNED_IN}, _("陈述申辩由当事人提出，或由填报人代为登记")),
    page("records:waive", {SIGNED_IN}, _("放弃陈述申辩由当事人声明，或由填报人代为登记")),
    page("records:new", {"clerk"}, _("登记失信记录属于填报人")),
    page("records:preview", {"clerk"}, _("登记失信记录属于填报人")),
    page("records:units", {"clerk"}, _("登记失信记录属于填报人")),
    page("records:edit", {"clerk"}, _("草稿和退回的记录由本单位填报人修改"), PLACE),
    page("records:submit", {"clerk"}, _("提交初审属于本单位填报人"), PLACE),
    page("records:recall", {"clerk"}, _("审核人打开之前，填报人本人可以收回"), PLACE),
    page("records:attach", {"clerk"}, _("附件由本单位填报人添加"), PLACE),
    page("records:remove", {"clerk"}, _("草稿的附件由本单位填报人去掉"), PLACE),
    page("records:pass_on", {"reviewer"}, _("初审由本单位另一人办理，不得审核本人填报的"), PLACE),
    page("records:send_back", {"reviewer"}, _("初审由本单位另一人办理，不得审核本人填报的"), PLACE),
    page("records:deliver", {"clerk", "reviewer"}, _("告知书由填报单位送达"), PLACE),
    page("records:recognise", {"approver"}, _("认定属于信用牵头部门，填报人和审核人不得认定"), PLACE),
    page("records:reject", {"approver"}, _("认定属于信用牵头部门，填报人和审核人不得认定"), PLACE),
    page("records:return_to_department", {"approver"}, _("认定属于信用牵头部门，填报人和审核人不得认定"), PLACE),
    page("records:publish", {"approver"}, _("公示由信用牵头部门认定人决定"), PLACE),
    page("records:acknowledge", {"approver"}, _("文字扫描的命中由认定人说明"), PLACE),
    page("records:mask", {"clerk", "approver"}, _("更正由填报单位提出、认定人签署"), PLACE),
    page("records:publish_official", {"approver"}, _("公示公职人员记录须有依据，并由两名认定人先后签署"), PLACE),
    page("records:correct", {"clerk", "approver"}, _("更正由填报单位提出、认定人签署"), PLACE),
    page("records:withdraw", {"approver"}, _("撤销由两名认定人先后签署"), PLACE),
    page("records:publish_notice", {"approver"}, _("更正公告由信用牵头部门认定人公布"), PLACE),
    page("records:flag_litigation", {"clerk", "approver"}, _("复议诉讼由填报单位或牵头部门加注"), PLACE),
    page("records:clear_litigation", {"clerk", "approver"}, _("复议诉讼由填报单位或牵头部门加注"), PLACE),
    page("records:proposal", {"clerk", "approver"}, _("提议由能签署的人和提议人看"), PLACE),
    api(
        "records_api:records",
        {SIGNED_IN, "client:records:read"},
        _("工作人员只查得到自己能看的记录；客户端须有 records:read"),
    ),
    api(
        "records_api:record",
        {SIGNED_IN, "client:records:read"},
        _("工作人员只查得到自己能看的记录；客户端须有 records:read"),
    ),
    api(
        "records_api:act",
        {"clerk", "reviewer", "approver"},
        _("接口办理与页面办理同一规则，须由登录的自然人作出"),
        PLACE,
    ),
)
