"""CN_: a commitment of a department, field by field (domain 3.5; ours, in the style of SX_)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from exchange.mappings import checks, values
from exchange.mappings.table import Column, Facts, Fault, Mapping, never

STATE = {"active": "1", "fulfilled": "2", "overdue": "3", "breached": "4", "changed": "5"}
"""履行中、已履行、逾期、未履行、依法变更 (domain 3.5, CN_LXZT)."""


def is_fulfilled(facts: Facts) -> bool:
    """This will tell whether the promise was found kept."""
    return facts.fields.get("state") == "fulfilled"


def is_closed(facts: Facts) -> bool:
    """This will tell whether there is a verdict, and so words that prove it."""
    return facts.fields.get("state") in ("fulfilled", "breached")


def is_changed(facts: Facts) -> bool:
    """This will tell whether the promise was lawfully changed."""
    return facts.fields.get("state") == "changed"


def _due_after_start(row: dict[str, str]) -> Fault | None:
    start, end = row.get("CN_KSRQ", ""), row.get("CN_JZRQ", "")
    if start and end and end < start:
        return Fault("E042", "CN_JZRQ", str(_("截止日期")), str(_("早于开始日期")))
    return None


MAPPING = Mapping(
    resource="CN",
    version="CN-2026-1",
    crosswise=(_due_after_start,),
    columns=(
        Column("CN_ID", _("承诺唯一标识"), values.header("subject_id"), longest=36),
        Column("CN_VER", _("版本号"), values.header("version")),
        Column("CN_ZT_MC", _("承诺单位名称"), values.text("subject_name"), longest=200),
        Column("CN_ZT_DM", _("统一社会信用代码"), values.text("subject_code"), checks=(checks.unit_code,)),
        Column("CN_LX", _("承诺类型"), values.text("kind"), checks=(checks.on_list("commitment_kind"),)),
        Column("CN_LY", _("重点领域"), values.listed("key_areas"), need=never, checks=(checks.on_list("key_area"),)),
        Column("CN_BT", _("承诺标题"), values.text("title"), longest=200),
        Column("CN_NR", _("承诺内容"), values.text("content"), longest=2000),
        Column("CN_DX", _("承诺对象"), values.text("to_whom"), longest=200),
        Column("CN_HLBZ", _("可衡量的标准"), values.text("measure"), longest=500),
        Column("CN_KSRQ", _("开始日期"), values.text("starts_on"), checks=(checks.day,)),
        Column("CN_JZRQ", _("截止日期"), values.text("due_on"), checks=(checks.day,)),
        Column("CN_LXZT", _("履行状态"), values.coded("state", STATE), checks=(checks.one_of(*"12345"),)),
        Column(
            "CN_LXRQ",
            _("履行日期"),
            values.text("performed_on"),
            need=is_fulfilled,
            checks=(checks.day, checks.not_future),
        ),
        Column("CN_ZM", _("履行证明"), values.text("proof"), need=is_closed, longest=1000),
        Column("CN_YQBZ", _("逾期标志"), values.flag("is_late"), checks=(checks.one_of("0", "1"),)),
        Column("CN_PF", _("核定得分"), values.text("score"), need=is_fulfilled, longest=3),
        Column("CN_BGYY", _("变更理由"), values.text("change_reason"), need=is_changed, longest=1000),
        Column("CN_GKFS", _("公开方式"), values.text("disclosure_mode"), checks=(checks.on_list("disclosure_mode"),)),
        Column("CN_SJLY", _("数据来源单位"), values.text("source_name"), longest=200),
        Column("CN_SJLYDM", _("数据来源单位代码"), values.text("source_code"), checks=(checks.unit_code,)),
        Column("CN_ZRR", _("责任人"), values.text("responsible"), longest=50),
        Column("CN_XZQH", _("行政区域代码"), values.text("division_code"), longest=12),
        Column("CN_SJC", _("数据更新时间戳"), values.header("created_at")),
        Column("CN_PC", _("批次"), values.header("batch"), longest=64),
    ),
)
