"""The Merkle tree of RFC 6962 over leaf hashes: growing it, its root, and both kinds of proof.

Only inner nodes with a full subtree are stored; they never change. Everything on the right edge is computed when asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ledger.suites.hashing import SHA256, HashSuite

EMPTY_ROOT = SHA256.digest(b"")

Place = tuple[int, int]  # level, index
Fetch = Callable[[Iterable[Place]], dict[Place, bytes]]


@dataclass
class Growth:
    """The right edge of a tree while leaves are added: one finished subtree per set bit of the size, largest first."""

    size: int = 0
    peaks: list[tuple[int, bytes]] = field(default_factory=list)  # level, hash
    suite: HashSuite = SHA256

    def add(self, leaf: bytes) -> list[tuple[Place, bytes]]:
        """Add one leaf; give the inner nodes this finishes."""
        finished = []
        level, top = 0, leaf
        while self.peaks and self.peaks[-1][0] == level:
            top = self.suite.node(self.peaks.pop()[1], top)
            level += 1
            finished.append(((level, self.size >> level), top))
        self.peaks.append((level, top))
        self.size += 1
        return finished

    def root(self) -> bytes:
        """Give the root over all leaves added so far."""
        if not self.peaks:
            return EMPTY_ROOT
        joined = self.peaks[-1][1]
        for _, left in reversed(self.peaks[:-1]):
            joined = self.suite.node(left, joined)
        return joined


def peak_places(size: int) -> list[Place]:
    """Give the places of the finished subtrees a tree of this size is made of, largest first."""
    places, start = [], 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            places.append((level, start >> level))
            start += 1 << level
    return places


def grown_to(size: int, fetch: Fetch, *, suite: HashSuite = SHA256) -> Growth:
    """Give the right edge of the stored tree at this size, ready for more leaves.

    :raises LookupError: a needed node is not stored
    """
    places = peak_places(size)
    found = _all(fetch, places)
    return Growth(size, [(place[0], found[place]) for place in places], suite)


def inclusion(index: int, size: int, fetch: Fetch, *, suite: HashSuite = SHA256) -> list[bytes]:
    """
    Give the audit path of the leaf at this index in the tree of this size, nearest sibling first (RFC 6962, 2.1.1).

    :raises ValueError: there is no such leaf in such a tree
    :raises LookupError: a needed node is not stored
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} has no leaf {index}")
    return _hashes(list(_siblings(index, 0, size)), fetch, suite)


def consistency(old: int, new: int, fetch: Fetch, *, suite: HashSuite = SHA256) -> list[bytes]:
    """
    Give the proof that the tree of the old size is the beginning of the tree of the new size (RFC 6962, 2.1.2).

    :raises ValueError: the sizes are not ``0 < old <= new``
    :raises LookupError: a needed node is not stored
    """
    if not 0 < old <= new:
        raise ValueError(f"no consistency from {old} to {new}")
    return _hashes(list(_subproof(old, 0, new, whole=True)), fetch, suite)


def root(size: int, fetch: Fetch, *, suite: HashSuite = SHA256) -> bytes:
    """Give the root of the tree of this size.

    :raises LookupError: a needed node is not stored
    """
    return grown_to(size, fetch, suite=suite).root()


def _split(count: int) -> int:
    return 1 << (count - 1).bit_length() - 1


def _siblings(index: int, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Walk down from the whole range to the leaf; give the ranges left aside, nearest first."""
    aside = []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            aside.append((middle, end))
            end = middle
        else:
            aside.append((start, middle))
            start = middle
    return reversed(aside)


def _subproof(old: int, start: int, end: int, *, whole: bool) -> Iterator[tuple[int, int]]:
    if old == end - start:
        if not whole:
            yield start, end
        return
    middle = start + _split(end - start)
    if old <= middle - start:
        yield from _subproof(old, start, middle, whole=whole)
        yield middle, end
    else:
        yield from _subproof(old - (middle - start), middle, end, whole=False)
        yield start, middle


def _places(start: int, end: int) -> list[Place]:
    """Give the finished subtrees a range of the tree is made of; ranges of RFC 6962 begin on a multiple of their largest."""
    return [(level, (start >> level) + index) for level, index in peak_places(end - start)]


def _hashes(ranges: Sequence[tuple[int, int]], fetch: Fetch, suite: HashSuite) -> list[bytes]:
    parts = [_places(start, end) for start, end in ranges]
    found = _all(fetch, [place for places in parts for place in places])
    return [Growth(0, [(place[0], found[place]) for place in places], suite).root() for places in parts]


def _all(fetch: Fetch, places: Sequence[Place]) -> dict[Place, bytes]:
    found = fetch(places)
    if missing := [place for place in places if place not in found]:
        raise LookupError(f"the stored tree lacks the nodes {missing[:5]}")
    return found
