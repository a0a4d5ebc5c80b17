"""What the scan can find, and how a find is called."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ID_NUMBER, MOBILE, BANK_CARD, EMAIL, PLATE, NAME = "id_number", "mobile", "bank_card", "email", "plate", "name"
LABELS: dict[str, str | Promise] = {
    ID_NUMBER: _("身份证号"),
    MOBILE: _("手机号"),
    BANK_CARD: _("银行卡号"),
    EMAIL: _("电子邮箱"),
    PLATE: _("车牌"),
    NAME: _("姓名"),
}
HINTS: dict[str, str | Promise] = {
    ID_NUMBER: _("校验码不符，可能写错了一位，也可能不是身份证号"),
    BANK_CARD: _("校验位不符，可能是合同号或流水号"),
}


@dataclass(frozen=True)
class Find:
    """A find as a stretch of the text; unsure where a check speaks against it."""

    kind: str
    start: int
    end: int
    sure: bool = True
