"""公民身份号码 (GB 11643-1999): our own gate, because the library refuses real numbers and fails on recent counties.

The division is only a hint: people carry the code of the place and time of registration, and numbers of residents from
Hong Kong, Macao and Taiwan (81, 82, 83) have the same shape.
"""

import re
import unicodedata
from datetime import date

from django.utils.translation import gettext as _

from accounts import divisions
from ledger.refusals import Invalid

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
OLDEST = date(1900, 1, 1)
OFFICIAL_AGES = range(16, 101)
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015]")
_SHAPE = re.compile(r"[0-9]{17}[0-9X]")


def clean(text: str, *, today: date, official: bool = True, field: str | None = "id_number") -> str:
    """Return the number compact and upper-case; `official` also demands an age of 16 to 100 years on `today`.

    :raises Invalid: naming the rule that is broken. The number itself is never part of the message.
    """
    number = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
    fault = _shape_fault(number) or _date_fault(number, today) or _check_fault(number)
    if not fault and official and age(number, today=today) not in OFFICIAL_AGES:
        fault = _("按公民身份号码，该人现年 %(age)d 岁；公职人员应在 16 至 100 岁之间") % {
            "age": age(number, today=today)
        }
    if fault:
        raise Invalid(fault, field=field)
    return number


def warnings(number: str) -> list[str]:
    """Return what looks odd in a number that passed `clean`: a division code that we do not know."""
    if number[:2] in {"81", "82", "83"} or divisions.find(number[:6]):
        return []
    return [_("号码前 6 位不在本平台的行政区划表里，请核对；号码本身符合编码规则，可以保存")]


def born_on(number: str) -> date:
    """Return the birth date in the number.

    :raises ValueError: where the eight digits are no date.
    """
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def age(number: str, *, today: date) -> int:
    """Return the completed years of age on `today`."""
    born = born_on(number)
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def check_character(first_17: str) -> str:
    """Return the check character of the first 17 digits."""
    return CHECKS[sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first_17, strict=True)) % 11]


def _shape_fault(number: str) -> str | None:
    if len(number) == 15 and number.isdigit():
        return _("15 位旧号码已停用，请填 18 位公民身份号码")
    if len(number) != 18:
        return _("公民身份号码应为 18 位，您填的是 %(length)d 位") % {"length": len(number)}
    if not _SHAPE.fullmatch(number):
        return _("公民身份号码前 17 位应为数字，末位为数字或 X")
    return None


def _date_fault(number: str, today: date) -> str | None:
    try:
        born = born_on(number)
    except ValueError:
        return _("公民身份号码第 7 至 14 位不是真实的日期")
    if born > today:
        return _("公民身份号码中的出生日期晚于今天")
    return _("公民身份号码中的出生日期早于 1900 年") if born < OLDEST else None


def _check_fault(number: str) -> str | None:
    if number[17] == check_character(number[:17]):
        return None
    return _("公民身份号码末位（校验位）与前 17 位不符，请逐位核对")
