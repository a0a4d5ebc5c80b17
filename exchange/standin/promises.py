"""What the platform itself checks in a CN_ record, written anew from domain.md 3.5."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

Complaint = tuple[str, str, str]  # code, field, words

NEEDED = (
    "CN_ID", "CN_VER", "CN_CZLX", "CN_ZT_MC", "CN_ZT_DM", "CN_LX", "CN_BT", "CN_NR", "CN_DX", "CN_HLBZ", "CN_KSRQ",
    "CN_JZRQ", "CN_LXZT", "CN_YQBZ", "CN_GKFS", "CN_SJLY", "CN_SJLYDM", "CN_ZRR", "CN_XZQH", "CN_SJC", "CN_PC",
)  # fmt: skip
NEEDED_IF = {"2": ("CN_LXRQ", "CN_ZM", "CN_PF"), "4": ("CN_ZM",), "5": ("CN_BGYY",)}  # by CN_LXZT
LIMITS = {"CN_ZT_MC": 200, "CN_BT": 200, "CN_NR": 2000, "CN_DX": 200, "CN_HLBZ": 500, "CN_ZM": 1000, "CN_SJLY": 200}
DAYS = ("CN_KSRQ", "CN_JZRQ", "CN_LXRQ")
UNITS = ("CN_ZT_DM", "CN_SJLYDM")
KINDS = {
    "SERVICE_QUALITY", "TIME_LIMIT", "GUARANTEE", "POLICY", "CONTRACT", "INVESTMENT", "PROJECT", "STATUTORY",
}  # fmt: skip
LISTS = {
    "CN_CZLX": set("CUWE"),
    "CN_LX": KINDS,
    "CN_LXZT": set("12345"),
    "CN_YQBZ": set("01"),
    "CN_GKFS": {"PROACTIVE", "ON_REQUEST", "WITHHELD"},
}


def first_complaint(row: dict[str, str], today: datetime.date) -> Complaint | None:
    """Give the first thing wrong with a promise by itself, or None; unit codes are checked where all records' are."""
    for look in (_missing, _too_long, _days, _lists, _times):
        complaint = look(row, today)
        if complaint:
            return complaint
    return None


def _missing(row: dict[str, str], _today: datetime.date) -> Complaint | None:
    needed = (*NEEDED, *NEEDED_IF.get(row.get("CN_LXZT", ""), ()))
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
    if bad is None and "CN_PF" in row and not (row["CN_PF"].isdecimal() and int(row["CN_PF"]) <= 100):
        bad = "CN_PF"
    return ("E013", bad, _("代码不在目录内")) if bad else None


def _times(row: dict[str, str], today: datetime.date) -> Complaint | None:
    if row["CN_JZRQ"] < row["CN_KSRQ"]:
        return "E042", "CN_JZRQ", _("截止日期早于开始日期")
    if row.get("CN_LXRQ", "") > today.isoformat():
        return "E041", "CN_LXRQ", _("履行日期晚于今天")
    return None
