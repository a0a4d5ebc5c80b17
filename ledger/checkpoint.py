"""The text of a signed head, in the form of C2SP checkpoints and signed notes.

The note is ``origin ⏎ size ⏎ base64(root) ⏎ time <UTC> ⏎ clock <base64> ⏎ former <size> ⏎`` and is what is signed, last line feed
included; then an empty line, then one or more lines ``— <origin> <base64(4-byte key id ‖ 64-byte signature)> ⏎``. The lines after the
root are extension lines: ``clock`` is the running hash over the recording times of all entries, which the leaves do not hold, and
``former`` the size of the head signed before, so that a head that went missing is missed.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime

from ledger.drafts import moment
from ledger.suites import signing
from ledger.suites.signing import Signer

DASH = "\u2014"
HASH = 32


class BadHead(ValueError):
    """The text is no signed head, or its signature is not by the key it should be by."""


@dataclass(frozen=True)
class Checkpoint:
    """What a head says."""

    origin: str
    size: int
    root: bytes
    time: str = ""
    clock: bytes = b""
    former: int = 0

    def note(self) -> str:
        """Give the exact text that is signed."""
        lines = [self.origin, str(self.size), base64.b64encode(self.root).decode()]
        if self.time:
            lines.append(f"time {self.time}")
        if self.clock:
            lines.append(f"clock {base64.b64encode(self.clock).decode()}")
        if self.former:
            lines.append(f"former {self.former}")
        return "\n".join(lines) + "\n"


def signed(checkpoint: Checkpoint, signer: Signer) -> str:
    """Give the whole text of the head with the signer's line."""
    note = checkpoint.note()
    name = signing.key_id(name=checkpoint.origin, algorithm=signer.algorithm, public_key=signer.public_key)
    line = base64.b64encode(name + signer.sign(note.encode())).decode()
    return f"{note}\n{DASH} {checkpoint.origin} {line}\n"


def opened(text: str, *, origin: str, public_key: bytes) -> Checkpoint:
    """
    Give what a head says once its signature by this key is checked; signature lines of others are passed over.

    :raises BadHead: the text is malformed, of another log, or not signed by the key
    """
    note, parted, lines = text.partition("\n\n")
    if not parted:
        raise BadHead("no signature")
    note += "\n"
    name = signing.key_id(name=origin, algorithm=signing.ED25519, public_key=public_key)
    for line in lines.splitlines():
        signature = _signature(line, origin=origin, name=name)
        if signature and signing.is_signed_by(public_key=public_key, message=note.encode(), signature=signature):
            return read(note, origin=origin)
    raise BadHead("not signed by the key of this log")


def _signature(line: str, *, origin: str, name: bytes) -> bytes | None:
    words = line.split(" ")
    if len(words) != 3 or words[0] != DASH or words[1] != origin:
        return None
    data = _base64(words[2])
    return data[4:] if data[:4] == name else None


def read(note: str, *, origin: str | None = None) -> Checkpoint:
    """Read a note whose signature is no matter here.

    :raises BadHead: the text is malformed or of another log
    """
    lines = note.partition("\n\n")[0].rstrip("\n").split("\n")
    if len(lines) < 3 or not lines[1].isascii() or not lines[1].isdigit() or str(int(lines[1])) != lines[1]:
        raise BadHead("a head begins with origin, size and root")
    if origin is not None and lines[0] != origin:
        raise BadHead(f"a head of another log: {lines[0]!r}")
    root = _base64(lines[2])
    if len(root) != HASH:
        raise BadHead("the root is not 32 bytes")
    extra = dict(line.partition(" ")[::2] for line in lines[3:])
    former = extra.get("former", "0")
    if not former.isascii() or not former.isdigit():
        raise BadHead("the former size is not a number")
    return Checkpoint(
        lines[0], int(lines[1]), root, extra.get("time", ""), _base64(extra.get("clock", "")), int(former)
    )


def time_of(moment_signed: datetime) -> str:
    """Spell the time of a head as the log spells moments."""
    return moment(moment_signed)


def _base64(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as broken:
        raise BadHead("not base64") from broken
    if base64.b64encode(data).decode() != text:
        raise BadHead("base64 with loose bits")
    return data
