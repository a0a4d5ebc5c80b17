"""Tell a watcher whether the process lives and whether it can work; never more than yes or no for each part."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

log = logging.getLogger(__name__)


def healthz(request: HttpRequest) -> JsonResponse:
    """Say that the process answers; this touches neither database nor Redis."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether database, Redis and migrations allow work; 503 where one does not. What is wrong stands in the log."""
    parts = {name: _holds(probe) for name, probe in PROBES.items()}
    ready = all(parts.values())
    shown = {name: "ok" if holds else "failed" for name, holds in parts.items()}
    return JsonResponse({"status": "ok" if ready else "failed", **shown}, status=200 if ready else 503)


def _holds(probe: Callable[[], bool]) -> bool:
    try:
        return probe()
    except Exception:
        log.exception("readiness probe failed")
        return False


def _database() -> bool:
    return all(_answers(alias) for alias in (DEFAULT_DB_ALIAS, "public"))


def _answers(alias: str) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _redis() -> bool:
    cache.set("readyz", 1, timeout=5)
    return bool(cache.get("readyz") == 1)


def _migrations() -> bool:
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


PROBES: dict[str, Callable[[], bool]] = {"database": _database, "redis": _redis, "migrations": _migrations}
