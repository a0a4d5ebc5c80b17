"""Commitments, their milestones and their details."""

from django.utils.translation import gettext_lazy as _

from accounts.access import PLACE, SIGNED_IN, Row
from accounts.rows.making import page

SEEN = _("本单位的全部；牵头部门看本地区的；督导员看下级已经作出的；责任人看自己负责的")

ROWS: tuple[Row, ...] = (
    page("commitments:list", {SIGNED_IN}, SEEN),
    page("commitments:commitment", {SIGNED_IN}, SEEN),
    page("commitments:file", {SIGNED_IN}, _("能看这项承诺的人可以下载它的证明材料")),
    page("commitments:milestone", {SIGNED_IN}, _("能看这项承诺的人可以看它的节点")),
    page("commitments:payment", {SIGNED_IN}, _("能看这项承诺的人可以看它的付款")),
    page("commitments:milestone_file", {SIGNED_IN}, _("能看这项承诺的人可以下载节点的证明材料")),
    page("commitments:new", {"clerk"}, _("登记承诺属于填报人")),
    page("commitments:edit", {"clerk"}, _("草稿和退回的承诺由本单位填报人修改"), PLACE),
    page("commitments:submit", {"clerk"}, _("提交审核属于本单位填报人"), PLACE),
    page("commitments:cancel", {"clerk"}, _("作出之前可以由本单位填报人撤销"), PLACE),
    page("commitments:activate", {"reviewer"}, _("审核由本单位另一人办理，不得审核本人填报的"), PLACE),
    page("commitments:send_back", {"reviewer"}, _("审核由本单位另一人办理，不得审核本人填报的"), PLACE),
    page("commitments:publish", {"reviewer", "approver"}, _("文字扫描的命中由没有填报的人说明"), PLACE),
    page("commitments:claim", {SIGNED_IN}, _("履行由本单位填报人或责任人申报")),
    page(
        "commitments:fulfil", {"supervisor", "approver"}, _("核定属于上级督导员或信用牵头部门，申报人不得核定"), PLACE
    ),
    page(
        "commitments:not_accept",
        {"supervisor", "approver"},
        _("核定属于上级督导员或信用牵头部门，申报人不得核定"),
        PLACE,
    ),
    page("commitments:order", {"supervisor"}, _("责令整改属于上级督导员"), PLACE),
    page("commitments:breach", {"supervisor"}, _("认定未履行属于上级督导员，责令整改之后才能认定"), PLACE),
    page("commitments:amend", {"clerk"}, _("修订由承诺单位提出、信用牵头部门签署"), PLACE),
    page("commitments:request_change", {"clerk"}, _("依法变更由承诺单位申请"), PLACE),
    page("commitments:compensate", {"clerk"}, _("补偿情况由承诺单位登记"), PLACE),
    page("commitments:approve_change", {"head"}, _("依法变更由主要负责人和信用牵头部门先后签署"), PLACE),
    page("commitments:refuse_change", {"head", "approver"}, _("主要负责人和信用牵头部门都可以不批准"), PLACE),
    page("commitments:proposal", {"clerk", "head", "approver"}, _("提议由能签署的人和提议人看"), PLACE),
    page("commitments:report_milestone", {SIGNED_IN}, _("节点由本单位填报人或责任人申报")),
    page("commitments:check_milestone", {"reviewer", "supervisor"}, _("节点由另一人核验"), PLACE),
    page("commitments:return_milestone", {"reviewer", "supervisor"}, _("节点由另一人核验"), PLACE),
    page("commitments:details", {"clerk"}, _("专项信息由作出承诺的单位的填报人填写")),
)
