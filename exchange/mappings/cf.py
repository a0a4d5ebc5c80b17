"""CF_ and XK_ (双公示): amounts and core fields of an administrative penalty, with older aliases."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from exchange.mappings import checks, values
from exchange.mappings.table import Column, Facts, Mapping, never

# 2015-2018 names still met on some platforms (domain 3.5): old -> today's.
ALIASES = {
    "CF_XZJG": "CF_CFJG",
    "CF_CFLB1": "CF_CFLB",
    "CF_JG": "CF_NR",
    "XK_XMMC": "XK_XKWS",
    "XK_SPLB": "XK_XKLB",
    "XK_FR": "XK_FRDB",
    "XK_JZQ": "XK_YXQZI",
    "XK_XZJG": "XK_XKJG",
    "XK_FR_SFZH": "XK_FR_ZJHM",
}


def todays_name(name: str) -> str:
    """This will give the current name of a field that an older platform calls otherwise."""
    return ALIASES.get(name, name)


def is_organisation(facts: Facts) -> bool:
    """This will tell whether the penalty is on an organisation."""
    return not facts.fields.get("is_person")


MAPPING = Mapping(
    resource="CF",
    version="CF-2020-1",
    columns=(
        Column("CF_XDR_MC", _("行政相对人名称"), values.text("subject_name"), longest=200),
        Column(
            "CF_XDR_SHXYM",
            _("统一社会信用代码"),
            values.text("subject_code"),
            need=is_organisation,
            checks=(checks.unit_code,),
        ),
        Column("CF_WSH", _("行政处罚决定书文号"), values.text("document_number"), longest=128),
        Column("CF_SY", _("违法事实"), values.text("facts"), longest=2000),
        Column("CF_YJ", _("处罚依据"), values.text("basis"), longest=2000),
        Column("CF_NR", _("处罚内容"), values.text("penalty"), longest=2000),
        Column("CF_NR_FK", _("罚款金额(万元)"), values.wan("fine_yuan"), need=never, checks=(checks.amount,)),
        Column("CF_NR_WFFF", _("没收金额(万元)"), values.wan("confiscated_yuan"), need=never, checks=(checks.amount,)),
        Column("CF_JDRQ", _("处罚决定日期"), values.text("recognised_on"), checks=(checks.day, checks.not_future)),
        Column("CF_GSJZQ", _("公示截止期"), values.text("public_until"), need=never, checks=(checks.day,)),
        Column("CF_CFJG", _("处罚机关"), values.text("recogniser_name"), longest=200),
        Column("CF_CFJGDM", _("处罚机关代码"), values.text("recogniser_code"), checks=(checks.unit_code,)),
        Column("CF_SJLY", _("数据来源单位"), values.text("source_name"), longest=200),
        Column("CF_SJLYDM", _("数据来源单位代码"), values.text("source_code"), checks=(checks.unit_code,)),
    ),
)
