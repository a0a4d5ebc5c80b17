"""Checks a value must pass before it is sent; each answers with the platform's code (domain 3.5)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from accounts.identifiers import id_number, uscc
from exchange.mappings.table import Check, Column, Facts, Fault
from ledger.refusals import Refused
from rules import codes

AMOUNT = re.compile(r"-?\d{1,12}\.\d{6}")


def shortest(least: int) -> Check:
    """This will refuse a text below a number of characters."""

    def check(column: Column, value: Any, _facts: Facts) -> Fault | None:
        return (
            None
            if len(value) >= least
            else _fault("E010", column, _("不足 %(least)d 字，现有 %(have)d 字") % {"least": least, "have": len(value)})
        )

    return check


def one_of(*allowed: str) -> Check:
    """This will refuse what is not one of a few fixed codes."""

    def check(column: Column, value: Any, _facts: Facts) -> Fault | None:
        return None if value in allowed else _fault("E013", column, _("“%(value)s”不在代码表里") % {"value": value})

    return check


def on_list(name: str) -> Check:
    """This will refuse codes that the dated code list did not hold on the day of the decision; commas part several."""

    def check(column: Column, value: Any, facts: Facts) -> Fault | None:
        known = {code for code, _label in codes.choices(name, on=facts.decided_on)}
        unknown = [code for code in value.split(",") if code not in known]
        return _fault("E013", column, _("“%(value)s”不在代码表里") % {"value": "、".join(unknown)}) if unknown else None

    return check


def day(column: Column, value: Any, _facts: Facts) -> Fault | None:
    """This will refuse what is not a day written YYYY-MM-DD."""
    return (
        None
        if _day_of(value)
        else _fault("E012", column, _("“%(value)s”不是 YYYY-MM-DD 形式的日期") % {"value": value})
    )


def not_future(column: Column, value: Any, facts: Facts) -> Fault | None:
    """This will refuse a day after today."""
    told = _day_of(value)
    return _fault("E041", column, _("晚于今天")) if told and told > facts.today else None


def unit_code(column: Column, value: Any, _facts: Facts) -> Fault | None:
    """This will refuse a unified social credit code whose shape or check character is wrong."""
    try:
        right = uscc.clean(value, kind="other") == value
    except Refused as refusal:
        return _fault("E020", column, _("：%(why)s") % {"why": refusal})
    return None if right else _fault("E020", column, _("含空格、连字符或全角字符"))


def person_code(column: Column, value: Any, facts: Facts) -> Fault | None:
    """This will refuse a citizen's number whose shape, date or check character is wrong; the message never repeats it."""
    try:
        id_number.clean(value, today=facts.today, official=False)
    except Refused:
        return _fault("E022", column, _("校验不通过"))
    return None


def amount(column: Column, value: Any, _facts: Facts) -> Fault | None:
    """This will refuse what is not a decimal(18,6) of 万元, or is below zero."""
    try:
        right = AMOUNT.fullmatch(value) is not None and Decimal(value) >= 0
    except InvalidOperation:
        right = False
    return None if right else _fault("E013", column, _("“%(value)s”不是六位小数的金额（万元）") % {"value": value})


def _day_of(value: str) -> date | None:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _fault(code: str, column: Column, message: str) -> Fault:
    return Fault(code, column.name, str(column.label), message)
