"""Writers side by side, each a process of its own, that repeat one thing for a while."""

from __future__ import annotations

import multiprocessing
import time
from importlib import import_module
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier

import django

SECONDS = 2.0


def per_second(module: str, name: str, writers: int) -> float:
    """Let some writers repeat a function of a module; give how often they did it a second, all together."""
    context = multiprocessing.get_context("spawn")
    gate, counts = context.Barrier(writers), context.Queue()
    workers = [context.Process(target=_work, args=(module, name, gate, counts)) for _ in range(writers)]
    for worker in workers:
        worker.start()
    done = [counts.get(timeout=120) for _ in workers]
    for worker in workers:
        worker.join()
    return sum(count / seconds for count, seconds in done)


def _work(module: str, name: str, gate: Barrier, counts: Queue[tuple[int, float]]) -> None:
    django.setup()  # before the module is imported: it imports models
    once = getattr(import_module(module), name)
    once()
    gate.wait()
    begun, count = time.perf_counter(), 0
    while time.perf_counter() - begun < SECONDS:
        once()
        count += 1
    counts.put((count, time.perf_counter() - begun))
