"""
Finds what must not be published in a text: ID numbers, mobile numbers, bank cards, e-mail addresses, car plates, known names.

A hit blocks publication until somebody masks it or states why it is a false hit (domain 2.5; 深圳经济特区社会信用条例 第三十八条);
that statement is kept by the caller. Full-width and other digits, Chinese numerals, spaces, hyphens and invisible characters
between digits do not hide a number. Every pattern is read once from left to right, so the time grows with the length alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from rules.scan import numbers, words
from rules.scan.finds import BANK_CARD, EMAIL, HINTS, ID_NUMBER, LABELS, MOBILE, NAME, PLATE, Find
from rules.scan.flat import flatten

__all__ = ["BANK_CARD", "EMAIL", "ID_NUMBER", "LABELS", "MOBILE", "NAME", "PLATE", "Hit", "find"]

SENTENCE_END = re.compile(r"[。！？!?；;\n\r]+")


@dataclass(frozen=True)
class Hit:
    """One find: its kind, where it stands in the text as given, the text there, and the number of its sentence (from 1)."""

    kind: str
    start: int
    end: int
    text: str
    sentence: int
    sure: bool = True

    @property
    def label(self) -> str:
        """What was found, in words."""
        return str(LABELS[self.kind])

    @property
    def hint(self) -> str:
        """What speaks against the find, in words; empty where nothing does."""
        return "" if self.sure else str(HINTS.get(self.kind, ""))


def find(text: str, *, names: Iterable[str] = ()) -> list[Hit]:
    """
    This will give every hit in the text, in its order; the same place is reported once, under its most telling kind.

    ``names`` are the persons the case knows; they are looked for as written and spaced out. An ID number is sure when its check digit
    fits, a bank card when the Luhn sum fits; an unsure hit blocks like a sure one and says why it may be none.
    """
    flat = flatten(text)
    finds = [
        *numbers.numbers(flat),
        *numbers.chinese_numbers(flat),
        *words.emails(flat),
        *words.plates(flat),
        *words.named(text, names),
    ]
    ends = [found.start() for found in SENTENCE_END.finditer(text)]
    return [
        Hit(each.kind, each.start, each.end, text[each.start : each.end], _sentence(ends, each.start), each.sure)
        for each in _apart(finds)
    ]


def _apart(finds: list[Find]) -> list[Find]:
    """Of finds that overlap keep the longer, of equals the first."""
    kept: list[Find] = []
    last = -1
    for each in sorted(finds, key=lambda found: (found.start, -found.end)):
        if each.start >= last:
            kept.append(each)
            last = each.end
    return kept


def _sentence(ends: list[int], place: int) -> int:
    """The number of the sentence a place lies in; a stretch of ends counts as one."""
    return bisect_left(ends, place) + 1
