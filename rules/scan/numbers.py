"""Numbers of people in runs of digits: ID numbers, mobiles, bank cards, however they are spaced or spelt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from stdnum.cn import uscc

from rules.scan.finds import BANK_CARD, ID_NUMBER, MOBILE, Find
from rules.scan.flat import CHINESE, GAP, NUMERALS

RUN = re.compile(rf"\d(?:{GAP}{{0,3}}\d)*(?:{GAP}{{0,3}}[Xx](?![A-Za-z0-9]))?", re.ASCII)
CHINESE_RUN = re.compile(rf"[\d{NUMERALS}](?:{GAP}{{0,3}}[\d{NUMERALS}]){{9,}}")
GROUP = re.compile(r"[0-9Xx]+")
LENGTHS = (11, 13, 15, 16, 17, 18, 19)
MOBILE_SHAPE = re.compile(r"(?:0086|86)?(1[3-9]\d{9})", re.ASCII)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def numbers(flat: str) -> Iterator[Find]:
    """This will find ID numbers, mobiles and bank cards written in digits."""
    for run in RUN.finditer(flat):
        if run.end() - run.start() >= 11:
            yield from _in_run(flat, run.start(), run.end())


def chinese_numbers(flat: str) -> Iterator[Find]:
    """Numbers spelt in Chinese numerals: long runs only, so that years and amounts stay out."""
    for run in CHINESE_RUN.finditer(flat):
        digits = run.group().translate(CHINESE)
        if digits != run.group():
            for found in _in_run(digits, 0, len(digits)):
                yield Find(found.kind, run.start() + found.start, run.start() + found.end, found.sure)


def _in_run(flat: str, start: int, end: int) -> Iterator[Find]:
    """
    Look at every row of neighbouring groups of digits that together make a number of a known length.

    A number is taken whole or not at all: its ends are ends of groups, so that a piece of a longer number is no hit.
    """
    run = _Run.of(flat, start, end)
    first = 0
    while first < len(run.spans):
        found = _at(run, first)
        if found is None:
            first += 1
            continue
        yield found
        while first < len(run.spans) and run.spans[first][1] <= found.end:
            first += 1


@dataclass(frozen=True)
class _Run:
    """A run of digits in groups: the digits alone, where each group stands, and which group ends at which digit."""

    digits: str
    spans: list[tuple[int, int]]
    offsets: list[int]
    ends: dict[int, int]

    @classmethod
    def of(cls, flat: str, start: int, end: int) -> _Run:
        spans, offsets, ends, parts, counted = [], [], {}, [], 0
        for place, group in enumerate(GROUP.finditer(flat, start, end)):
            spans.append(group.span())
            offsets.append(counted)
            parts.append(group.group())
            counted += len(parts[-1])
            ends[counted] = place
        return cls("".join(parts), spans, offsets, ends)


def _at(run: _Run, first: int) -> Find | None:
    """The most telling number that begins with this group: an ID number, then a mobile, then a bank card."""
    begin = run.offsets[first]
    best: Find | None = None
    for length in LENGTHS:
        last = run.ends.get(begin + length)
        if last is None:
            continue
        found = _judge(run, first, last, run.digits[begin : begin + length])
        if found is not None and (best is None or _rank(found) < _rank(best)):
            best = found
    return best


def _rank(found: Find) -> int:
    return (ID_NUMBER, MOBILE, BANK_CARD).index(found.kind) + (0 if found.sure else 3)


def _judge(run: _Run, first: int, last: int, digits: str) -> Find | None:
    """What a whole number is, by its length and its check."""
    start, end = run.spans[first][0], run.spans[last][1]
    if len(digits) == 18 and (found := _as_id_number(digits.upper(), start, end)):
        return found
    if MOBILE_SHAPE.fullmatch(digits):
        return Find(MOBILE, start, end)
    if len(digits) >= 16 and digits.isdigit() and _is_printed_as_card(run, first, last):
        return _as_card(digits, start, end)
    return None


def _is_printed_as_card(run: _Run, first: int, last: int) -> bool:
    """In one piece, in fours, or the run is this number and nothing else; dates and amounts in a row are not."""
    if first == last or (first == 0 and last == len(run.spans) - 1 and len(run.digits) == last + 1):
        return True
    sizes = [end - start for start, end in run.spans[first:last]] if last - first <= 4 else [0]
    return all(size == 4 for size in sizes)


def _as_id_number(digits: str, start: int, end: int) -> Find | None:
    """An ID number by shape and birth date; the check digit makes it sure (GB 11643)."""
    if not digits[:17].isdigit() or not _is_birth_date(digits[6:14]):
        return None
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=False))
    return Find(ID_NUMBER, start, end, "10X98765432"[total % 11] == digits[17])


def _is_birth_date(text: str) -> bool:
    if text[:2] not in ("18", "19", "20"):
        return False
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True


def _as_card(digits: str, start: int, end: int) -> Find | None:
    """A bank card, sure where the Luhn sum fits; a unit's credit code that happens to be all digits is none."""
    fits = _luhn(digits)
    if len(digits) == 18 and not fits and uscc.is_valid(digits):
        return None
    return Find(BANK_CARD, start, end, fits)


def _luhn(digits: str) -> bool:
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(int(digit) for digit in digits[-1::-2])) % 10 == 0
