"""Acts per second with 1 and 8 writers, as a share of the same row inserted without any log.

Each writer is a process of its own; acts and plain inserts take turns in three rounds, and the median round counts. Every commit
waits for the disk.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from statistics import median

import django

SECONDS = 2.0
ROUNDS = 3
WRITERS = (1, 8)


def run() -> Iterator[str]:
    """Give one line per number of writers, then the cost of a larger act."""
    for writers in WRITERS:
        plain, acts = [], []
        for _ in range(ROUNDS):
            plain.append(per_second("insert_plainly", writers))
            acts.append(per_second("insert_in_an_act", writers))
        share = median(acts) / median(plain)
        yield f"{writers} writer(s): act / plain insert = {share:.2f}  ({median(acts):.0f}/s against {median(plain):.0f}/s)"
    single, batch = per_second("insert_in_an_act", 1), per_second("insert_500_in_an_act", 1)
    yield f"rows written in acts of 500 / in acts of one = {batch * 500 / single:.1f}"


def per_second(name: str, writers: int) -> float:
    """Let some writers repeat one thing for a while; give how often they did it a second, all together."""
    context = multiprocessing.get_context("spawn")
    gate, counts = context.Barrier(writers), context.Queue()
    workers = [context.Process(target=_work, args=(name, gate, counts)) for _ in range(writers)]
    for worker in workers:
        worker.start()
    done = [counts.get(timeout=120) for _ in workers]
    for worker in workers:
        worker.join()
    return sum(count / seconds for count, seconds in done)


def _work(name, gate, counts) -> None:  # type: ignore[no-untyped-def]
    django.setup()
    once = _things()[name]
    once()
    gate.wait()
    begun, count = time.perf_counter(), 0
    while time.perf_counter() - begun < SECONDS:
        once()
        count += 1
    counts.put((count, time.perf_counter() - begun))


def _things() -> dict[str, Callable[[], None]]:
    # Only a process that has set Django up may import models.
    from django.db import transaction
    from django.db.models import Model

    from accounts.models import Person
    from ledger.actors import SYSTEM
    from ledger.acts import act

    def insert_plainly() -> None:
        with transaction.atomic():
            Model.save(Person(name="某人"))

    def insert_in_an_act() -> None:
        with act(kind="bench.insert", actor=SYSTEM, role="system", now=datetime.now(UTC)) as opened:
            person = Person(name="某人")
            person.save()
            opened.about(person)

    def insert_500_in_an_act() -> None:
        with act(kind="bench.insert", actor=SYSTEM, role="system", now=datetime.now(UTC)):
            Person.objects.bulk_create([Person(name="某人") for _ in range(500)])

    return {thing.__name__: thing for thing in (insert_plainly, insert_in_an_act, insert_500_in_an_act)}
