"""Undoes tricks of writing, one character for one character, so that places stay places in the text as given."""

from __future__ import annotations

INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\ufeff\x00"
GAP = rf"[ \t\u3000\u00a0\u2000-\u200a\u202f\-‐‑‒–—−_.·•・*、{INVISIBLE}]"
DIGITS = "0123456789"
ZEROS = (0xFF10, 0x0660, 0x06F0, 0x0966, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6)
CIRCLED = {0x2460: 1, 0x2474: 1, 0x2488: 1, 0x2776: 1, 0x2780: 1, 0x278A: 1}
NUMERALS = "零一二三四五六七八九"
TRANSLATION = {
    **{zero + n: DIGITS[n] for zero in ZEROS for n in range(10)},
    **{first + n: DIGITS[n + 1] for first in CIRCLED for n in range(9)},
    0x24EA: "0",
    0x3007: "0",
    0x5E7A: "1",
    0x4E24: "2",
    **{0xFF21 + n: chr(0x41 + n) for n in range(26)},
    **{0xFF41 + n: chr(0x61 + n) for n in range(26)},
    0xFF20: "@",
    0xFE6B: "@",
    0xFF0E: ".",
    0xFF0D: "-",
    0xFF3F: "_",
    0xFF0B: "+",
}
CHINESE = {ord(NUMERALS[n]): DIGITS[n] for n in range(10)}


def flatten(text: str) -> str:
    """This will write full-width and other digits and letters in their plain form, at the same places."""
    return text.translate(TRANSLATION)
