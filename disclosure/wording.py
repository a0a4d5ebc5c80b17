"""The sentences of the disclosure room."""

from datetime import date

from django.utils.translation import gettext as _

from accounts import wording as days
from rules import codes


def coded(list_name: str, code: str, on: date) -> dict[str, str]:
    """This will give a code together with the words it had on that day, so that public text never changes with the list."""
    return {"code": code, "label": codes.label(list_name, code, on=on) if code else ""}


def never_public() -> str:
    """This will say that there is no public document to change."""
    return _("这份文书没有公示过。")


def already_ended() -> str:
    """This will say that an ended document stays ended."""
    return _("这份公示已经结束，结束后不能再改，也不能重新公示。")


def not_repaired() -> str:
    """This will say that only an end by repair can be undone."""
    return _("只有因信用修复结束的公示，才能在修复被撤销后再次公示。")


def not_suspended() -> str:
    """This will say that only a suspended document is taken up again."""
    return _("只有异议处理期间暂停的公示，才能在办结以后恢复。")


def older_than_public(version: int, public: int) -> str:
    """This will say that a newer version is already public."""
    return _("没有公示：第 %(new)d 版不比正在公示的第 %(old)d 版新。") % {"new": version, "old": public}


def correction_without_words() -> str:
    """This will ask for the words that the correction note will show."""
    return _("请写明更正了什么，这句话会显示在公示页上。")


def outside_period(first: date, last: date) -> str:
    """This will say in which period the document may be shown."""
    return _("只能在公示期内公示：%(first)s 至 %(last)s。") % {"first": days.day(first), "last": days.day(last)}
