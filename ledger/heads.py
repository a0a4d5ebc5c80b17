"""Signed heads: grow the stored tree to the end of the log, let the signer check and sign, keep the head."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

from django.db import connection, transaction

from ledger import checkpoint, reading, signer, stored, tree
from ledger.checkpoint import Checkpoint
from ledger.drafts import moment
from ledger.models import Entry, Head, Node

CHUNK = 2000
LOCK = 0x68656164  # "head" in ASCII
CLOCK_START = hashlib.sha256(b"ledger clock").digest()


def sign_head(now: datetime) -> Head | None:
    """
    Sign a head over all entries committed so far; this will do nothing where the last head already covers them.

    :raises ledger.signer.InconsistentHead: the log does not continue what the signer has signed before
    """
    if not _is_behind():
        return None
    own = signer.own()
    with own.alone(), transaction.atomic():
        _one_at_a_time()
        former = latest()
        size = reading.last_position() + 1
        if former is not None and former.size >= size:
            return None
        growth, clock = _grow(former, size)
        new = Checkpoint(own.origin, size, growth.root(), moment(now), clock, former.size if former else 0)
        last = own.last()
        proof = tree.consistency(last.size, size, stored.fetching()) if 0 < last.size <= size else []
        text = own.sign(new, proof=proof)
        return Head.objects.create(size=size, root=new.root, text=text, signed_at=now)


def latest(*, using: str = "default") -> Head | None:
    """Give the last signed head, or None before the first; usable through the public login."""
    return Head.objects.using(using).order_by("-size").first()


def over(position: int, *, using: str = "default") -> Head | None:
    """Give the last signed head if it covers this position, or None where that is still to come."""
    head = latest(using=using)
    return head if head is not None and head.size > position else None


def clock_of(clock: bytes, position: int, recorded_at: datetime) -> bytes:
    """Carry the running hash over recording times one entry further."""
    return hashlib.sha256(clock + position.to_bytes(8, "big") + moment(recorded_at).encode()).digest()


def _is_behind() -> bool:
    former = latest()
    return (former.size if former else 0) <= reading.last_position()


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _grow(former: Head | None, size: int) -> tuple[tree.Growth, bytes]:
    growth, clock = tree.Growth(), CLOCK_START
    if former is not None:
        growth = tree.grown_to(former.size, stored.fetching())
        clock = checkpoint.read(former.text).clock
    for entries in _leaves(growth.size, size):
        nodes: list[Node] = []
        for position, leaf, recorded_at in entries:
            nodes += [Node(level=level, index=index, hash=hash_) for (level, index), hash_ in growth.add(bytes(leaf))]
            clock = clock_of(clock, position, recorded_at)
        Node.objects.bulk_create(nodes)
    return growth, clock


def _leaves(start: int, end: int) -> Iterator[list[tuple[int, bytes | memoryview, datetime]]]:
    for first in range(start, end, CHUNK):
        part = Entry.objects.filter(position__gte=first, position__lt=min(first + CHUNK, end)).order_by("position")
        yield list(part.values_list("position", "leaf", "recorded_at"))
