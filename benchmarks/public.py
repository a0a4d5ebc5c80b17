"""
Public reading at 10,000 documents, as a share of the thinnest WSGI application over the same stored JSON.

Both run under granian with the same options, take turns in three rounds on the same PostgreSQL, and the median round counts. The load
client shares the machine. Floors: list and document 0.5; search p99 at most 6 times a document look-up's.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

import psycopg2

from benchmarks import _load

COUNT = 10_000
ACT = 250
ROUNDS = 3
SECONDS = 2.0
SAMPLE = 400
API = "/api/v1/documents/"
SERVER = ["--interface", "wsgi", "--host", "127.0.0.1", "--no-ws", "--workers", "2", "--blocking-threads", "1"]


def run() -> Iterator[str]:
    """Load, serve both, and give one line per question."""
    begun = time.perf_counter()
    ids = _loaded()
    yield f"{COUNT} documents published through acts in {time.perf_counter() - begun:.0f} s"
    with _served("benchmarks._thin:application") as thin, _served("integrity.wsgi:application") as portal:
        questions = _questions(thin, portal, ids)
        rounds: dict[str, list[_load.Load]] = {name: [] for name in questions}
        for ask in questions.values():
            ask(0.5)  # warm
        for _ in range(ROUNDS):
            for name, ask in questions.items():
                rounds[name].append(ask(SECONDS))
        found = {name: _load.middle(loads) for name, loads in rounds.items()}
    yield from _told(found)


def _told(found: dict[str, _load.Load]) -> Iterator[str]:
    for name, against in (
        ("list", "thin list"), ("list, later pages", "thin list"), ("document", "thin document"),
        ("list unchanged (304)", "thin list"), ("search page (HTML)", "thin list"), ("document page (HTML)", "thin document"),
        ("front page (HTML)", "thin list"),
    ):  # fmt: skip
        one, other = found[name], found[against]
        yield (
            f"{name} / {against} = {one.rate / other.rate:.2f}"
            f"  ({one.rate:.0f}/s against {other.rate:.0f}/s, p99 {one.p99:.1f} ms against {other.p99:.1f} ms)"
        )
    own = found["document"]
    for name, load in found.items():
        if name.startswith("search, "):
            yield f"{name}: p99 / document look-up's p99 = {load.p99 / own.p99:.1f}  (p50 {load.p50:.1f} ms, p99 {load.p99:.1f} ms)"


def _questions(thin: int, portal: int, ids: list[str]) -> dict[str, Callable[[float], _load.Load]]:
    """Each question as a function of how long to ask it; thin and ours alternate."""
    from benchmarks._documents import WORDS

    later = _later_pages(portal)
    tag = _tag(portal)
    asked: dict[str, Callable[[float], _load.Load]] = {
        "thin list": lambda s: _load.measure(thin, ["/list"], seconds=s),
        "list": lambda s: _load.measure(portal, [API], seconds=s),
        "list, later pages": lambda s: _load.measure(portal, later, seconds=s),
        "list unchanged (304)": lambda s: _load.measure(
            portal, [API], seconds=s, status=304, headers=f"If-None-Match: {tag}\r\n"
        ),
        "thin document": lambda s: _load.measure(thin, [f"/one/{each}" for each in ids], seconds=s),
        "document": lambda s: _load.measure(portal, [f"{API}{each}/" for each in ids], seconds=s),
    }
    for name, word in WORDS.items():
        asked[f"search, {name}"] = lambda s, word=word: _load.measure(portal, [f"{API}?q={quote(word)}"], seconds=s)
    asked["search page (HTML)"] = lambda s: _load.measure(portal, [f"/search/?q={quote('拖欠')}"], seconds=s)
    asked["document page (HTML)"] = lambda s: _load.measure(portal, [f"/documents/{each}/" for each in ids], seconds=s)
    asked["front page (HTML)"] = lambda s: _load.measure(portal, ["/"], seconds=s)
    return asked


def _loaded() -> list[str]:
    """Publish through acts, copy the stored JSON for the thin application, and give some identifiers."""
    from benchmarks._documents import documents
    from disclosure import publishing
    from disclosure.search import frequencies
    from ledger import heads
    from ledger.actors import SYSTEM
    from ledger.acts import act, set_request_id
    from rules import clock

    set_request_id("bench")  # the code lists are looked up once, as within any request
    now = clock.now()
    papers = list(documents(COUNT, today=clock.local_day(now)))
    for at in range(0, COUNT, ACT):
        with act(kind="bench.publish", actor=SYSTEM, role="system", now=now):
            for paper in papers[at : at + ACT]:
                publishing.publish(document=paper, now=now)
    heads.sign_head(now)
    frequencies.recount()
    owner = psycopg2.connect(os.environ["DATABASE_OWNER_URL"])
    owner.autocommit = True
    with owner.cursor() as cursor:
        cursor.execute("CREATE TABLE thin AS SELECT id, visible_from AS shown, body AS doc FROM disclosure_document")
        cursor.execute("ALTER TABLE thin ADD PRIMARY KEY (id)")
        cursor.execute("CREATE INDEX thin_newest ON thin (shown DESC, id DESC)")
        cursor.execute("GRANT SELECT ON thin TO integrity_public")
        cursor.execute("VACUUM ANALYZE")
    owner.close()
    return [str(paper.id) for paper in papers[:: COUNT // SAMPLE]]


def _later_pages(port: int) -> list[str]:
    """The addresses of the second to the thirtieth page."""
    import httpx

    found, cursor = [], ""
    for _ in range(30):
        address = f"{API}?cursor={cursor}" if cursor else API
        found.append(address)
        cursor = httpx.get(f"http://127.0.0.1:{port}{address}").json()["next_cursor"]
    return found[1:]


def _tag(port: int) -> str:
    import httpx

    return httpx.get(f"http://127.0.0.1:{port}{API}").headers["etag"]


@contextmanager
def _served(application: str) -> Iterator[int]:
    """Serve one application with the options of production and give its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "granian", *SERVER, "--port", str(port), application]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit("the server did not start")
