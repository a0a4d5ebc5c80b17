"""SX_: a record of government dishonesty, field by field (domain 3.5; ours, no national list was found)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from exchange.mappings import checks, values
from exchange.mappings.table import Column, Facts, Fault, Mapping, never

SEVERITY = {"minor": "1", "general": "2", "serious": "3"}
IMPACT = {"none": "0", "limited": "1", "wide": "2", "severe": "3"}
RECTIFICATION = {
    "none": "0",
    "owed": "1",
    "ordered": "1",
    "in_progress": "2",
    "accepted": "3",
    "overdue": "4",
    "refused": "5",
}
REPAIR = {"none": "0", "applied": "1", "repaired": "2", "revoked": "3"}


def is_unit(facts: Facts) -> bool:
    """This will tell whether the record is about a unit."""
    return not facts.fields.get("is_person")


def is_person(facts: Facts) -> bool:
    """This will tell whether the record is about an official."""
    return bool(facts.fields.get("is_person"))


def is_public(facts: Facts) -> bool:
    """This will tell whether the record is shown to the public."""
    return bool(facts.fields.get("is_public"))


def is_repair(facts: Facts) -> bool:
    """This will tell whether the report says that the record was repaired."""
    return facts.operation == "R"


def is_withdrawal(facts: Facts) -> bool:
    """This will tell whether the report withdraws the record."""
    return facts.operation == "W"


def _subject_kind(facts: Facts) -> str:
    return "0" if is_person(facts) else "1"


def _end_after_start(row: dict[str, str]) -> Fault | None:
    start, end = row.get("SX_GSKSRQ", ""), row.get("SX_GSJZQ", "")
    if start and end and end < start:
        return Fault("E042", "SX_GSJZQ", str(_("公示截止")), str(_("早于公示开始")))
    return None


MAPPING = Mapping(
    resource="SX",
    version="SX-2026-1",
    crosswise=(_end_after_start,),
    columns=(
        Column("SX_ID", _("信用记录唯一标识"), values.header("subject_id"), longest=36),
        Column("SX_VER", _("版本号"), values.header("version")),
        Column("SX_ZT_MC", _("主体名称"), values.text("subject_name"), longest=200),
        Column("SX_ZT_DM", _("统一社会信用代码"), values.text("subject_code"), checks=(checks.unit_code,)),
        Column(
            "SX_ZT_LB", _("主体类别"), values.derived("is_person", _subject_kind), checks=(checks.one_of("0", "1"),)
        ),
        Column("SX_RY_XM", _("姓名"), values.text("person_name"), need=is_person, longest=50, is_restricted=True),
        Column("SX_RY_ZJLX", _("证件类型"), values.constant("居民身份证", is_person), need=is_person),
        Column(
            "SX_RY_ZJHM",
            _("证件号码"),
            values.text("person_id_number"),
            need=is_person,
            checks=(checks.person_code,),
            is_restricted=True,
        ),
        Column("SX_RY_ZW", _("职务"), values.text("person_post"), need=is_person, longest=100, is_restricted=True),
        Column("SX_LYLX", _("失信来源类型"), values.text("source_type"), checks=(checks.on_list("source_type"),)),
        Column("SX_LY", _("重点领域"), values.listed("key_areas"), need=never, checks=(checks.on_list("key_area"),)),
        Column("SX_WSMC", _("认定文书名称"), values.text("document_name"), longest=200),
        Column("SX_WSH", _("文号"), values.text("document_number"), longest=128),
        Column("SX_SS", _("失信事实"), values.text("facts"), longest=2000, checks=(checks.shortest(10),)),
        Column("SX_YJ", _("认定依据"), values.text("basis"), longest=512),
        Column("SX_DJ", _("失信等级"), values.coded("severity", SEVERITY), checks=(checks.one_of("1", "2", "3"),)),
        Column("SX_SSJE", _("损失金额(万元)"), values.wan("loss_yuan"), checks=(checks.amount,)),
        Column("SX_SHYX", _("社会影响"), values.coded("social_impact", IMPACT), checks=(checks.one_of(*"0123"),)),
        Column("SX_RDRQ", _("认定日期"), values.text("recognised_on"), checks=(checks.day, checks.not_future)),
        Column("SX_RDJG", _("认定机关"), values.text("recogniser_name"), longest=200),
        Column("SX_RDJGDM", _("认定机关代码"), values.text("recogniser_code"), checks=(checks.unit_code,)),
        Column("SX_CJCS", _("惩戒措施"), values.listed("sanctions"), need=never, checks=(checks.on_list("sanction"),)),
        Column("SX_GKBS", _("公开标识"), values.flag("is_public"), checks=(checks.one_of("0", "1"),)),
        Column("SX_GSKSRQ", _("公示开始"), values.text("public_from"), need=is_public, checks=(checks.day,)),
        Column("SX_GSJZQ", _("公示截止"), values.text("public_until"), need=is_public, checks=(checks.day,)),
        Column(
            "SX_ZGZT",
            _("整改状态"),
            values.coded("rectification_state", RECTIFICATION),
            checks=(checks.one_of(*"012345"),),
        ),
        Column(
            "SX_XFZT",
            _("修复状态"),
            values.coded("repair_state", REPAIR),
            need=is_repair,
            checks=(checks.one_of(*"0123"),),
        ),
        Column(
            "SX_XFRQ", _("修复日期"), values.text("repaired_on"), need=is_repair, checks=(checks.day, checks.not_future)
        ),
        Column("SX_XFWSH", _("修复决定文号"), values.text("repair_number"), need=is_repair, longest=128),
        Column("SX_YYBZ", _("异议标注"), values.flag("is_objected"), checks=(checks.one_of("0", "1"),)),
        Column("SX_CXYY", _("撤销原因"), values.text("withdrawn_because"), need=is_withdrawal, longest=500),
        Column("SX_SJLY", _("数据来源单位"), values.text("source_name"), longest=200),
        Column("SX_SJLYDM", _("数据来源单位代码"), values.text("source_code"), checks=(checks.unit_code,)),
        Column("SX_ZRR", _("责任人"), values.text("responsible"), longest=50),
        Column("SX_XZQH", _("行政区域代码"), values.text("division_code"), longest=12),
        Column("SX_SJC", _("数据更新时间戳"), values.header("created_at")),
        Column("SX_PC", _("批次"), values.header("batch"), longest=64),
    ),
)
