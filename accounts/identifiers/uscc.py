"""统一社会信用代码 (GB 32100-2015): 18 characters with two check characters.

Shape and final check follow the standard; positions 1-2 are checked against the codes of registrars, and a government
unit must carry a code of the registrar of institutions (11, 12, 13, 19).
"""

import re
import unicodedata

from django.utils.translation import gettext as _

from ledger.refusals import Invalid

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
REGISTRARS = {
    "1": "1239",  # 机构编制: 机关, 事业单位, 群众团体, 其他
    "2": "19",  # 外交
    "3": "123459",  # 司法行政
    "4": "19",  # 文化
    "5": "1239",  # 民政
    "6": "129",  # 旅游
    "7": "129",  # 宗教
    "8": "19",  # 工会
    "9": "123",  # 市场监管: 企业, 个体工商户, 农民专业合作社
    "A": "19",  # 中央军委改革和编制办公室
    "N": "1239",  # 农业农村
    "Y": "1",  # 其他
}
GOVERNMENT_PREFIXES = ("11", "12", "13", "19")
FREE_KINDS = frozenset({"enterprise", "other"})
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015]")


def clean(text: str, *, kind: str = "other", field: str | None = "uscc") -> str:
    """Return the code compact and upper-case; this will accept full-width input, spaces and hyphens.

    `kind` is the kind of department (`enterprise` and `other` may carry any registrar's code).

    :raises Invalid: naming the character that is wrong.
    """
    code = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
    fault = _shape_fault(code) or _check_fault(code) or _registrar_fault(code, kind)
    if fault:
        raise Invalid(fault, field=field)
    return code


def warnings(code: str) -> list[str]:
    """Return what looks odd in a code that passed `clean` but does not refuse it: a wrong inner check character."""
    expected = inner_check(code[8:16])
    if code[16] == expected:
        return []
    return [
        _("第 17 位（主体标识码校验位）通常应为 %(right)s，您填的是 %(got)s，请与证书核对")
        % {"right": expected, "got": code[16]}
    ]


def check_character(first_17: str) -> str:
    """Return the check character of the first 17 characters."""
    total = sum(weight * ALPHABET.index(char) for weight, char in zip(WEIGHTS, first_17, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def inner_check(first_8: str) -> str:
    """Return the check character of an organisation code (GB 11714) by its first eight."""
    total = sum(weight * int(char, 36) for weight, char in zip(INNER_WEIGHTS, first_8, strict=True))
    return "0X987654321"[total % 11]


def _shape_fault(code: str) -> str | None:
    if len(code) != 18:
        return _("统一社会信用代码应为 18 位，您填的是 %(length)d 位") % {"length": len(code)}
    for place, char in enumerate(code, start=1):
        if char not in ALPHABET:
            return _("统一社会信用代码第 %(place)d 位是“%(char)s”，代码中不用这个字符（字母 I、O、Z、S、V 不用）") % {
                "place": place,
                "char": char,
            }
    wrong = next((place for place in range(3, 9) if not code[place - 1].isdigit()), None)
    return (
        _("统一社会信用代码第 %(place)d 位应为数字（第 3 至 8 位是行政区划代码）") % {"place": wrong} if wrong else None
    )


def _check_fault(code: str) -> str | None:
    expected = check_character(code[:17])
    if code[17] == expected:
        return None
    return _("统一社会信用代码第 18 位（校验位）应为 %(right)s，您填的是 %(got)s") % {
        "right": expected,
        "got": code[17],
    }


def _registrar_fault(code: str, kind: str) -> str | None:
    if code[0] not in REGISTRARS:
        return _("统一社会信用代码第 1 位“%(char)s”不是登记管理部门代码") % {"char": code[0]}
    if code[1] not in REGISTRARS[code[0]]:
        return _("统一社会信用代码第 2 位“%(char)s”不是该登记管理部门的机构类别代码") % {"char": code[1]}
    if kind not in FREE_KINDS and not code.startswith(GOVERNMENT_PREFIXES):
        return _("政府部门的统一社会信用代码应以 11、12、13 或 19 开头，您填的以 %(got)s 开头") % {"got": code[:2]}
    return None
