"""What the platform itself checks in an SX_ record, and in every record alike, written anew from domain.md 3.5."""

from __future__ import annotations

import datetime
import re

from django.utils.translation import gettext as _

from exchange.standin import promises

Complaint = tuple[str, str, str]  # code, field, words

NEEDED = [
    "SX_ID",
    "SX_VER",
    "SX_CZLX",
    "SX_ZT_MC",
    "SX_ZT_DM",
    "SX_ZT_LB",
    "SX_LYLX",
    "SX_WSMC",
    "SX_WSH",
    "SX_SS",
    "SX_YJ",
    "SX_DJ",
    "SX_SSJE",
    "SX_SHYX",
    "SX_RDRQ",
    "SX_RDJG",
    "SX_RDJGDM",
    "SX_GKBS",
    "SX_ZGZT",
    "SX_YYBZ",
    "SX_SJLY",
    "SX_SJLYDM",
    "SX_ZRR",
    "SX_XZQH",
    "SX_SJC",
    "SX_PC",
]
NEEDED_IF = {
    ("SX_ZT_LB", "0"): ("SX_RY_XM", "SX_RY_ZJLX", "SX_RY_ZJHM", "SX_RY_ZW"),
    ("SX_GKBS", "1"): ("SX_GSKSRQ", "SX_GSJZQ"),
    ("SX_CZLX", "R"): ("SX_XFZT", "SX_XFRQ", "SX_XFWSH"),
    ("SX_CZLX", "W"): ("SX_CXYY",),
}
LIMITS = {"SX_ZT_MC": 200, "SX_WSMC": 200, "SX_WSH": 128, "SX_SS": 2000, "SX_YJ": 512, "SX_RDJG": 200, "SX_SJLY": 200}
DAYS = ("SX_RDRQ", "SX_GSKSRQ", "SX_GSJZQ", "SX_XFRQ")
UNITS = ("SX_ZT_DM", "SX_RDJGDM", "SX_SJLYDM")
SOURCES = {
    "COURT_JUDGMENT", "ADMIN_PENALTY", "DISCIPLINE", "GOV_SANCTION", "ACCOUNTABILITY", "BROKEN_COMMITMENT",
    "ONLINE_APPROVAL_FAIL", "RECTIFY_OVERDUE", "JUDGMENT_DEFAULTER", "PPP_DEFAULT", "PROJECT_DEFAULT",
    "CONTRACT_DEFAULT", "ARREARS",
}  # fmt: skip
LISTS = {
    "SX_CZLX": set("CUWREMN"),
    "SX_ZT_LB": set("01"),
    "SX_DJ": set("123"),
    "SX_SHYX": set("0123"),
    "SX_GKBS": set("01"),
    "SX_YYBZ": set("01"),
    "SX_LYLX": SOURCES,
}
MONEY = re.compile(r"\d{1,12}\.\d{6}")
SENSITIVE = re.compile(r"(?<!\d)(1[3-9]\d{9}|\d{17}[\dXx])(?!\d)")
CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def first_complaint(row: dict[str, str], today: datetime.date) -> Complaint | None:
    """Give the first thing wrong with a record by itself, or None."""
    if "CN_ID" in row:
        return promises.first_complaint(row, today) or _wrong_unit(row, promises.UNITS)
    for look in (_missing, _too_long, _days, _lists, _codes, _person, _times, _text):
        complaint = look(row, today)
        if complaint:
            return complaint
    return None


def unit_code_is_right(code: str) -> bool:
    """Tell whether an 18-character unit code carries the right last character (GB 32100: powers of three, modulo 31)."""
    if len(code) != 18 or any(sign not in CODE_SIGNS for sign in code):
        return False
    total = sum(pow(3, place, 31) * CODE_SIGNS.index(code[place]) for place in range(17))
    return CODE_SIGNS[-total % 31] == code[17]


def citizen_number_is_right(number: str) -> bool:
    """Tell whether an 18-digit number has a real birth date and the right last character (GB 11643)."""
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return False
    try:
        datetime.datetime.strptime(number[6:14], "%Y%m%d")
    except ValueError:
        return False
    total = sum((10 if sign == "X" else int(sign)) * pow(2, 17 - place, 11) for place, sign in enumerate(number))
    return total % 11 == 1


def late_by_weekdays(row: dict[str, str], today: datetime.date) -> bool:
    """Tell whether more than seven weekdays lie between the decision and today; the platform knows no holidays."""
    if "SX_RDRQ" not in row:
        return False  # a promise is told within days of being given, and nothing in it says when
    decided = datetime.date.fromisoformat(row["SX_RDRQ"])
    span = (today - decided).days
    weekdays = sum((decided + datetime.timedelta(days=step)).weekday() < 5 for step in range(1, min(span, 60) + 1))
    return weekdays > 7


def _missing(row: dict[str, str], _today: datetime.date) -> Complaint | None:
    needed = list(NEEDED)
    for (field, value), more in NEEDED_IF.items():
        needed += more if row.get(field) == value else ()
    gone = next((field for field in needed if not row.get(field)), None)
    return ("E010", gone, _("缺少必填字段")) if gone else None


def _too_long(row: dict[str, str], _today: datetime.date) -> Complaint | None:
    long = next((field for field, limit in LIMITS.items() if len(row.get(field, "")) > limit), None)
    return ("E011", long, _("超过规定长度")) if long else None


def _days(row: dict[str, str], _today: datetime.date) -> Complaint | None:
    for field in DAYS:
        if field in row:
            try:
                datetime.datetime.strptime(row[field], "%Y-%m-%d")
            except ValueError:
                return "E012", field, _("日期不对")
    return None


def _lists(row: dict[str, str], _today: datetime.date) -> Complaint | None:
    bad = next((field for field, allowed in LISTS.items() if row[field] not in allowed), None)
    if bad is None and not MONEY.fullmatch(row["SX_SSJE"]):
        bad = "SX_SSJE"
    return ("E013", bad, _("代码不在目录内")) if bad else None


def _codes(row: dict[str, str], _today: datetime.date) -> Complaint | None:
    return _wrong_unit(row, UNITS)


def _wrong_unit(row: dict[str, str], units: tuple[str, ...]) -> Complaint | None:
    bad = next((field for field in units if not unit_code_is_right(row[field])), None)
    return ("E020", bad, _("统一社会信用代码校验不通过")) if bad else None


def _person(row: dict[str, str], _today: datetime.date) -> Complaint | None:
    if row["SX_ZT_LB"] == "0" and not citizen_number_is_right(row["SX_RY_ZJHM"]):
        return "E022", "SX_RY_ZJHM", _("公民身份号码校验不通过")
    return None


def _times(row: dict[str, str], today: datetime.date) -> Complaint | None:
    if row["SX_RDRQ"] > today.isoformat():
        return "E041", "SX_RDRQ", _("认定日期晚于今天")
    if row["SX_GKBS"] == "1" and row["SX_GSJZQ"] < row["SX_GSKSRQ"]:
        return "E042", "SX_GSJZQ", _("公示截止早于公示开始")
    return None


def _text(row: dict[str, str], _today: datetime.date) -> Complaint | None:
    if SENSITIVE.search(row["SX_SS"]) and row["SX_CZLX"] != "W":
        return "E060", "SX_SS", _("事实中含敏感信息")
    return None
