"""
Public reading at 10,000 documents, as a share of the thinnest WSGI application over the same stored JSON.

Both run under granian with the same options, take turns in short slices on the same PostgreSQL, and the median of the ratios of neighbouring slices counts. The load
client shares the machine. Floors: list and document 0.5; search p99 at most 6 times a document look-up's.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from urllib.parse import quote

import psycopg2

from benchmarks import _load

COUNT = 10_000
ACT = 250
TURNS = 7
SLICE = 0.8
SAMPLE = 400
WORDS = {"two common": "拖欠", "two rare": "恒业", "four common": "虚假材料", "four rare": "恒业建筑"}
API = "/api/v1/documents/"
SERVER = ["--interface", "wsgi", "--host", "127.0.0.1", "--no-ws", "--workers", "2", "--blocking-threads", "1"]


def run() -> Iterator[str]:
    """Load, serve both, and give one line per question."""
    begun = time.perf_counter()
    ids = _loaded()
    yield f"{COUNT} documents published through acts in {time.perf_counter() - begun:.0f} s"
    with _served("benchmarks._thin:application") as thin, _served("integrity.wsgi:application") as portal:
        plain = _Question("thin list", thin, ["/list"])
        look_up = _Question("thin document", thin, [f"/one/{each}" for each in ids])
        own = _Question("document", portal, [f"{API}{each}/" for each in ids])
        for ours, other in _pairs(portal, ids, plain, look_up, own):
            yield _rates(ours, other)
        for name, word in WORDS.items():
            yield _delays(_Question(f"search, {name}", portal, [f"{API}?q={quote(word)}"]), own)


@dataclass(frozen=True)
class _Question:
    """What is asked of which server."""

    name: str
    port: int
    paths: list[str]
    status: int = 200
    headers: str = ""

    def ask(self, seconds: float) -> _load.Load:
        return _load.measure(self.port, self.paths, seconds=seconds, status=self.status, headers=self.headers)


def _pairs(
    portal: int, ids: list[str], plain: _Question, look_up: _Question, own: _Question
) -> list[tuple[_Question, _Question]]:
    """Each question of ours beside the thin one it is measured by."""
    tag = f"If-None-Match: {_tag(portal)}\r\n"
    return [
        (_Question("list", portal, [API]), plain),
        (_Question("list, later pages", portal, _later_pages(portal)), plain),
        (_Question("list unchanged (304)", portal, [API], 304, tag), plain),
        (own, look_up),
        (_Question("front page (HTML)", portal, ["/"]), plain),
        (_Question("search page (HTML)", portal, [f"/search/?q={quote('拖欠')}"]), plain),
        (_Question("document page (HTML)", portal, [f"/documents/{each}/" for each in ids[:20]]), look_up),
    ]


def _in_turns(one: _Question, other: _Question) -> list[tuple[_load.Load, _load.Load]]:
    """The two take turns in short slices, so that what else the machine does falls on both."""
    one.ask(SLICE), other.ask(SLICE)
    return [(one.ask(SLICE), other.ask(SLICE)) for _ in range(TURNS)]


def _rates(ours: _Question, thin: _Question) -> str:
    turns = _in_turns(ours, thin)
    share = median(mine.rate / theirs.rate for mine, theirs in turns)
    mine, theirs = (_load.middle([turn[side] for turn in turns]) for side in (0, 1))
    return f"{ours.name} / {thin.name} = {share:.2f}  ({mine.rate:.0f}/s against {theirs.rate:.0f}/s, p99 {mine.p99:.1f} ms)"


def _delays(search: _Question, look_up: _Question) -> str:
    turns = _in_turns(search, look_up)
    share = median(mine.p99 / theirs.p99 for mine, theirs in turns)
    mine, theirs = (_load.middle([turn[side] for turn in turns]) for side in (0, 1))
    return f"{search.name}: p99 / look-up p99 = {share:.1f}  (p50 {mine.p50:.1f} ms, p99 {mine.p99:.1f} against {theirs.p99:.1f} ms)"


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
