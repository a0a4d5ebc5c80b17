"""A load client: a few kept connections, each asking as soon as it was answered, for a bounded time, on loopback only."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass
from statistics import median

CONNECTIONS = 4


@dataclass(frozen=True)
class Load:
    """What one run found: answers a second, and how long the middle and the slowest hundredth took (milliseconds)."""

    rate: float
    p50: float
    p99: float


def measure(port: int, paths: list[str], *, seconds: float, status: int = 200, headers: str = "") -> Load:
    """Ask for paths at random and give the figures; this will stop at the first answer of another status."""
    return asyncio.run(_measure(port, paths, seconds, status, headers))


def middle(loads: list[Load]) -> Load:
    """Give the median of each figure."""
    return Load(*(median(getattr(load, name) for load in loads) for name in ("rate", "p50", "p99")))


async def _measure(port: int, paths: list[str], seconds: float, status: int, headers: str) -> Load:
    begun = time.perf_counter()
    lanes = (_lane(port, paths, begun + seconds, status, headers, seed) for seed in range(CONNECTIONS))
    taken = sorted(each for lane in await asyncio.gather(*lanes) for each in lane)
    wall = time.perf_counter() - begun
    return Load(
        len(taken) / wall, taken[len(taken) // 2] * 1000, taken[min(len(taken) - 1, int(len(taken) * 0.99))] * 1000
    )


async def _lane(port: int, paths: list[str], until: float, status: int, headers: str, seed: int) -> list[float]:
    chance = random.Random(seed)  # noqa: S311  which path comes next
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
    taken = []
    while time.perf_counter() < until:
        path = chance.choice(paths)
        begun = time.perf_counter()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        told = int(head[9:12])
        if told != status:
            raise SystemExit(f"{path} answered {told}, not {status}")
        if b"content-length:" in head:
            await reader.readexactly(int(head.partition(b"content-length:")[2].partition(b"\r\n")[0]))
        elif told == 200:
            raise SystemExit(f"{path} has no length")
        taken.append(time.perf_counter() - begun)
    writer.close()
    return taken
