"""Text from outside is kept only if a reader sees all of it: nothing hidden, nothing lost, nothing endless."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext as _

from ledger.refusals import Invalid

BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
ZERO_WIDTH = frozenset(
    "\u00ad\u034f\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u115f\u1160\u3164\uffa0"
)
SELECTORS = frozenset(chr(code) for code in range(0xFE00, 0xFE10))  # U+E0100… choose a form of a Han character: kept
HALF_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}


def half_width(text: str) -> str:
    """Turn full-width digits and letters into the plain ones, leaving Chinese punctuation; so no scan is dodged by them."""
    return text.translate(HALF_WIDTH)


def _hidden(character: str, *, lines: bool) -> str | None:
    """Name the kind of a character that may not be stored, or None."""
    if character in "\n\t" and lines:
        return None
    if character in BIDI:
        return _("双向排版控制符")
    if character in ZERO_WIDTH or character in SELECTORS:
        return _("看不见的零宽字符")
    if character == "\ufffd":
        return _("乱码替换符（�），原文可能已损坏")
    category = unicodedata.category(character)
    return {
        "Cc": _("控制字符"),
        "Cs": _("不成对的代理字符"),
        "Co": _("自造字区字符，别的电脑可能显示不出"),
        "Cn": _("没有定义的字符"),
        "Zl": _("行分隔控制符"),
        "Zp": _("段分隔控制符"),
    }.get(category)


def clean(text: str, *, field: str, label: str, limit: int, lines: bool = False) -> str:
    """
    Return the text trimmed, with plain digits and line ends; length counts characters.

    :raises Invalid: it is longer than `limit`, or holds a character a reader would not see; the message names the field
    """
    if len(text) > limit + 64:  # before any work on it: a text of 1 MB costs nothing
        raise Invalid(
            _("“%(label)s”最多 %(limit)d 字，现有 %(length)d 字")
            % {"label": label, "limit": limit, "length": len(text)},
            field=field,
        )
    plain = half_width(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    for place, character in enumerate(plain, start=1):
        if kind := _hidden(character, lines=lines):
            raise Invalid(
                _("“%(label)s”第 %(place)d 个字符是%(kind)s（U+%(code)04X），请删去后再提交")
                % {"label": label, "place": place, "kind": kind, "code": ord(character)},
                field=field,
            )
    if len(plain) > limit:
        raise Invalid(
            _("“%(label)s”最多 %(limit)d 字，现有 %(length)d 字")
            % {"label": label, "limit": limit, "length": len(plain)},
            field=field,
        )
    return plain


def required(text: str, *, field: str, label: str, limit: int, least: int = 1, lines: bool = True) -> str:
    """
    Return the cleaned text of a field that must be filled.

    :raises Invalid: it is empty, shorter than `least` characters, or not clean
    """
    plain = clean(text, field=field, label=label, limit=limit, lines=lines)
    if not plain:
        raise Invalid(_("请填写“%(label)s”") % {"label": label}, field=field)
    if len(plain) < least:
        raise Invalid(_("“%(label)s”至少 %(least)d 字") % {"label": label, "least": least}, field=field)
    return plain


def codes(values: Iterable[str], *, field: str, label: str, known: Iterable[str]) -> list[str]:
    """
    Return the codes without repeats, in the order given.

    :raises Invalid: one of them is not on the list in force
    """
    allowed, kept = set(known), list(dict.fromkeys(values))
    for value in kept:
        if value not in allowed:
            raise Invalid(
                _("“%(label)s”里的“%(value)s”不在现行目录中") % {"label": label, "value": value[:40]}, field=field
            )
    return kept
