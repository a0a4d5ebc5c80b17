"""E-mail addresses, car plates and the names a case knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rules.scan.finds import EMAIL, NAME, PLATE, Find
from rules.scan.flat import INVISIBLE

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
PLATE_SHAPE = re.compile(
    rf"[{PROVINCES}]\s?[A-HJ-NP-Za-hj-np-z][\s·•・.\-]?(?=[A-Za-z0-9]{{0,5}}\d)"
    r"(?:[A-HJ-NP-Za-hj-np-z0-9]{4}[挂学警港澳试超领使]|[A-HJ-NP-Za-hj-np-z0-9]{5,6})(?![A-Za-z0-9])"
)
SPACES = re.compile(rf"[ \t\u3000\u00a0\u2000-\u200a\u202f{INVISIBLE}]")
WIDEST = 4  # spaces between two characters of one name
LOCAL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-")
HOST = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")


def emails(flat: str) -> Iterator[Find]:
    """Addresses, found from their @ outwards; one space on either side does not hide them."""
    place = flat.find("@")
    while place >= 0:
        start, end = _left(flat, place), _right(flat, place)
        host = flat[place + 1 : end].strip()
        if start < place and "." in host.strip(".") and host.rsplit(".", 1)[-1].isalpha():
            yield Find(EMAIL, start, end)
        place = flat.find("@", place + 1)


def _left(flat: str, place: int) -> int:
    start = place - 1 if place and flat[place - 1] == " " else place
    stop = max(0, start - 64)
    edge = start
    while edge > stop and flat[edge - 1] in LOCAL:
        edge -= 1
    return edge if edge < start else place


def _right(flat: str, place: int) -> int:
    begin = place + 2 if flat[place + 1 : place + 2] == " " else place + 1
    stop = min(len(flat), begin + 253)
    edge = begin
    while edge < stop and flat[edge] in HOST:
        edge += 1
    while edge > begin and flat[edge - 1] in ".-":
        edge -= 1
    return edge


def plates(flat: str) -> Iterator[Find]:
    """This will find car plates: province, letter and five or six letters and digits with at least one digit."""
    for found in PLATE_SHAPE.finditer(flat):
        yield Find(PLATE, found.start(), found.end())


def named(text: str, names: Iterable[str]) -> Iterator[Find]:
    """This will find the given names, also where they are spaced out (张 三); one character is too little to look for."""
    for name in names:
        written = SPACES.sub("", name)
        if len(written) < 2:
            continue
        for found in re.finditer(f"{SPACES.pattern}{{0,{WIDEST}}}".join(map(re.escape, written)), text):
            yield Find(NAME, found.start(), found.end())
