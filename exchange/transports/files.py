"""File drop: one file and one signed manifest a message in ``out/``; the platform's words come as files in ``in/``.

A message is complete when its manifest is there: both are written beside their place, synced and renamed. Writing the
same message again gives the same files, so a repeat changes nothing.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exchange.models import Outcome
from exchange.transports import signing, words
from exchange.transports.interface import Answer, Holding, Message, Unreachable, Word
from ledger import canonical, heads


@dataclass(frozen=True)
class FileTransport:
    """A folder both sides can reach, for platforms that collect files (GB/T 39443-2020, file exchange)."""

    folder: str
    secret: str

    def send(self, message: Message) -> Answer:
        """This will leave the message in ``out/``; it counts as handed over once the manifest is on the disk."""
        out = Path(self.folder) / "out"
        try:
            out.mkdir(parents=True, exist_ok=True)
            _put(out / f"{message.key}.json", message.content)
            _put(out / f"{message.key}.manifest", canonical.encode(self._manifest(message)))
        except OSError as failure:
            return Answer(Outcome.UNREACHABLE, message=type(failure).__name__)
        word = Word(message.key, "accepted", f"F-{message.key}", message.digest)
        return Answer(Outcome.ACCEPTED, word=word)

    def words_after(self, cursor: str) -> tuple[list[Word], str]:
        """This will read the platform's result files whose names sort after the cursor; a wrongly signed one stops it."""
        spoken: list[Word] = []
        for path in self._answers("results-"):
            if path.name > cursor:
                spoken += [words.read(item) for item in self._opened(path)["items"]]
                cursor = path.name
        return spoken, cursor

    def holdings(self) -> list[Holding]:
        """This will read the newest list of holdings the platform has left."""
        lists = self._answers("holdings-")
        if not lists:
            raise Unreachable("no list of holdings")
        rows = self._opened(lists[-1])["items"]
        return [Holding(str(row["id"]), int(row["version"]), bool(row["live"])) for row in rows]

    def _manifest(self, message: Message) -> dict[str, Any]:
        head = heads.latest()
        told = {
            "key": str(message.key),
            "resource": message.resource,
            "subject": str(message.subject_id),
            "version": str(message.version),
            "operation": message.operation,
            "count": "1",
            "digest": message.digest,
            "head": head.text if head else "",
        }
        return {**told, "signature": signing.sign(self.secret, "file", canonical.encode(told).decode())}

    def _answers(self, prefix: str) -> list[Path]:
        folder = Path(self.folder) / "in"
        return sorted(folder.glob(f"{prefix}*.json")) if folder.is_dir() else []

    def _opened(self, path: Path) -> Any:
        try:
            body = json.loads(path.read_bytes())
            told = canonical.encode(body["items"]).decode()
            if not signing.is_right(self.secret, str(body["signature"]), "file", path.name, told):
                raise Unreachable(f"{path.name}: the signature is wrong")
        except (OSError, ValueError, KeyError, TypeError) as failure:
            raise Unreachable(f"{path.name}: {type(failure).__name__}") from failure
        return body


def _put(path: Path, content: bytes) -> None:
    """Write beside the place, sync, and rename, so that nobody ever reads half a file."""
    beside = path.with_suffix(path.suffix + ".part")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
