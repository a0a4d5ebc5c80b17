"""Acts per second with 1 and 8 writers, as a share of the same row inserted without any log.

Each writer is a process of its own; acts and plain inserts take turns in three rounds, and the median round counts. Every commit
waits for the disk.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from statistics import median

from django.db import transaction
from django.db.models import Model

from accounts.models import Person
from benchmarks._writers import per_second
from ledger.actors import SYSTEM
from ledger.acts import act

ROUNDS = 3
WRITERS = (1, 8)
BATCH = 500


def run() -> Iterator[str]:
    """Give one line per number of writers, then the cost of a larger act."""
    for writers in WRITERS:
        plain, acts = [], []
        for _ in range(ROUNDS):
            plain.append(per_second(__name__, "insert_plainly", writers))
            acts.append(per_second(__name__, "insert_in_an_act", writers))
        share = median(acts) / median(plain)
        yield f"{writers} writer(s): act / plain insert = {share:.2f}  ({median(acts):.0f}/s : {median(plain):.0f}/s)"
    single, batch = per_second(__name__, "insert_in_an_act", 1), per_second(__name__, "insert_a_batch_in_an_act", 1)
    yield f"rows a second in acts of {BATCH} / in acts of one = {batch * BATCH / single:.1f}"


def insert_plainly() -> None:
    """Insert a row behind the log's back, as a portal without one would."""
    with transaction.atomic():
        Model.save(Person(name="某人"))


def insert_in_an_act() -> None:
    """Insert the same row in an act."""
    with act(kind="bench.insert", actor=SYSTEM, role="system", now=datetime.now(UTC)) as opened:
        person = Person(name="某人")
        person.save()
        opened.about(person)


def insert_a_batch_in_an_act() -> None:
    """Insert as many rows as one act may hold."""
    with act(kind="bench.insert", actor=SYSTEM, role="system", now=datetime.now(UTC)):
        Person.objects.bulk_create([Person(name="某人") for _ in range(BATCH)])
