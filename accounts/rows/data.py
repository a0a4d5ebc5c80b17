"""Classes of data that have no address of their own."""

from django.utils.translation import gettext_lazy as _

from accounts.access import ANYWHERE, SUBJECT
from accounts.rows.making import CASEWORK, OFFICIALS_READERS, REVEALERS, data

ROWS = (
    data(
        "official.read",
        {*OFFICIALS_READERS, SUBJECT},
        _("公职人员信息供人事、填报、审核、负责人、投诉办理和牵头部门认定人在管辖范围内查看，本人可看自己的"),
    ),
    data("official.phone.reveal", {*REVEALERS, SUBJECT}, _("查看完整号码须写明理由，记入日志，并限制次数")),
    data("official.id_number.reveal", {*REVEALERS, SUBJECT}, _("查看完整号码须写明理由，记入日志，并限制次数")),
    data("record.open", CASEWORK, _("失信记录供办理和督导的人在管辖范围内查看；审计员看办了什么，不看内容")),
    data("ledger.read", {"auditor"}, _("日志只供安全审计员查看，任何人都不能改"), ANYWHERE),
)
